package io.eventpipeline.consumer.tables;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.util.ByteStreamWriter;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * The table of one event type. Rows are unique by the event's identity and, where there is one, by
 * the business id. Many rows go in by one statement: by an insert that leaves out those that
 * collide, which can be looked up then, or faster by a copy that fails if one does. Thread-safe;
 * takes part in the transaction of the calling thread.
 *
 * @param <E> the event type
 */
public abstract class EventTable<E extends Event> {

    /** Identity and position: the columns that all tables have. */
    private static final int OWN_COLUMNS = 4;

    private static final int USUAL_ROW_BYTES = 256;

    private final Class<E> type;
    private final JdbcTemplate jdbc;
    private final List<Column<E>> columns;
    private final String insert;
    private final String copy;
    private final String collisions;
    private final String select;

    @SafeVarargs
    @SuppressWarnings("varargs")
    EventTable(Class<E> type, String name, JdbcTemplate jdbc, Stream<Column<E>>... columns) {
        this.type = type;
        this.jdbc = jdbc;
        this.columns = Stream.of(columns).flatMap(all -> all).toList();
        String names = this.columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String all = names + ", event_source, event_id, source_partition, source_offset";
        String arrays =
                this.columns.stream()
                        .map(column -> "?::" + column.type().sql() + "[]")
                        .collect(Collectors.joining(", "));
        insert =
                "INSERT INTO %s (%s) SELECT * FROM unnest(%s, ?::text[], ?::text[], ?::int4[], ?::int8[])"
                                .formatted(name, all, arrays)
                        + " ON CONFLICT DO NOTHING RETURNING source_partition, source_offset";
        copy = "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(name, all);
        select = "SELECT " + all + " FROM " + name;
        collisions =
                select
                        + " WHERE (event_source, event_id) IN (SELECT * FROM unnest(?::text[],"
                        + " ?::text[]))"
                        + businessId()
                                .map(id ->
                                        " UNION %s WHERE %s = ANY (?::text[])"
                                                .formatted(select, id.name()))
                                .orElse("");
    }

    /** The event type whose rows it holds. */
    public Class<E> type() {
        return type;
    }

    /** The column that names what the event is about and may occur once; the first if there is. */
    Optional<Column<E>> businessId() {
        return Optional.empty();
    }

    abstract E read(ResultSet row) throws SQLException;

    /**
     * Stores rows, in this order, by one statement.
     *
     * @return the rows that are stored; the others collide with rows that were there, or with
     *     earlier ones of the list
     */
    public List<EventRow<E>> insert(List<EventRow<E>> rows) {
        Set<Position> stored = new HashSet<>();
        jdbc.query(
                connection -> prepareInsert(connection, rows),
                row -> {
                    stored.add(new Position(row.getInt(1), row.getLong(2)));
                });
        return rows.stream()
                .filter(row -> stored.contains(new Position(row.partition(), row.offset())))
                .toList();
    }

    /**
     * Stores rows, in this order, by {@code COPY}: all of them or, with an exception that ends the
     * transaction, none.
     *
     * @throws org.springframework.dao.DuplicateKeyException if a row collides with one that is
     *     there, or with an earlier one of the list
     */
    public void copy(List<EventRow<E>> rows) {
        ConnectionCallback<Long> copying =
                connection -> {
                    try {
                        return connection
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn(copy, ByteStreamWriter.of(copied(rows)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                };
        jdbc.execute(copying);
    }

    /** Reads the stored events that share identity or business id with one of the rows. */
    public List<StoredEvent<E>> findCollisions(List<EventRow<E>> rows) {
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(collisions);
                    setIdentities(statement, 1, rows);
                    if (businessId().isPresent()) {
                        statement.setArray(3, array(statement, businessId().get(), rows));
                    }
                    return statement;
                },
                rowMapper());
    }

    /** Whether a stored event makes it impossible to store a row beside it. */
    public boolean collide(StoredEvent<E> stored, EventRow<E> row) {
        return stored.identity().equals(row.identity())
                || businessId().filter(id -> id.isEqual(stored.event(), row.event())).isPresent();
    }

    /** Whether two events say the same: all columns are equal, money by its value. */
    public boolean haveEqualContent(E one, E other) {
        return columns.stream().allMatch(column -> column.isEqual(one, other));
    }

    /** Reads events by a condition, for the service's own queries. */
    protected List<StoredEvent<E>> find(String conditionAndOrder, Collection<?> arguments) {
        return jdbc.query(select + " " + conditionAndOrder, rowMapper(), arguments.toArray());
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class)
                .toInstant()
                .plusNanos(row.getInt(column + "_nanos"));
    }

    static BigDecimal money(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column);
    }

    private RowMapper<StoredEvent<E>> rowMapper() {
        return (row, number) ->
                new StoredEvent<>(
                        new EventIdentity(row.getString("event_source"), row.getString("event_id")),
                        read(row));
    }

    private ByteBuffer copied(List<EventRow<E>> rows) throws SQLException {
        CopyBuffer buffer = new CopyBuffer(rows.size() * USUAL_ROW_BYTES);
        for (EventRow<E> row : rows) {
            buffer.row(columns.size() + OWN_COLUMNS);
            for (Column<E> column : columns) {
                column.copy(row.event(), buffer);
            }
            buffer.text(row.identity().source());
            buffer.text(row.identity().id());
            buffer.int4(row.partition());
            buffer.int8(row.offset());
        }
        return buffer.end();
    }

    private PreparedStatement prepareInsert(Connection connection, List<EventRow<E>> rows)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(insert);
        int index = 1;
        for (Column<E> column : columns) {
            statement.setArray(index++, array(statement, column, rows));
        }
        index = setIdentities(statement, index, rows);
        statement.setArray(
                index++,
                connection.createArrayOf("int4", rows.stream().map(EventRow::partition).toArray()));
        statement.setArray(
                index,
                connection.createArrayOf("int8", rows.stream().map(EventRow::offset).toArray()));
        return statement;
    }

    private Array array(PreparedStatement statement, Column<E> column, List<EventRow<E>> rows)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf(
                        column.type().sql(),
                        rows.stream()
                                .map(row ->
                                        column.type().inArray(column.value().apply(row.event())))
                                .toArray());
    }

    private int setIdentities(PreparedStatement statement, int index, List<EventRow<E>> rows)
            throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(
                index,
                connection.createArrayOf(
                        "text", rows.stream().map(row -> row.identity().source()).toArray()));
        statement.setArray(
                index + 1,
                connection.createArrayOf(
                        "text", rows.stream().map(row -> row.identity().id()).toArray()));
        return index + 2;
    }

    private record Position(int partition, long offset) {}
}
