package io.eventpipeline.consumer.deadletters.triage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Finds letters in the index and keeps what was decided about them. Thread-safe; takes part in the
 * transaction of the calling thread.
 */
@Component
public class LetterRepository {

    private static final String COLUMNS =
            "d.topic_id, d.letter_topic, d.letter_partition, d.letter_offset, d.source_topic,"
                    + " d.source_partition, d.source_offset, d.group_id, d.bytes, d.attempts,"
                    + " d.state, d.reason, d.decided_at";

    /** The order of the records in their topics, and so that of each key. */
    private static final String SOURCE_ORDER =
            "d.source_topic, d.source_partition, d.source_offset, d.letter_topic,"
                    + " d.letter_partition, d.letter_offset";

    private static final long REDRIVE_LOCK = 0x64656164_6c6574L;

    private final JdbcTemplate jdbc;

    LetterRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Groups with letters in a state, the largest first, without samples. */
    List<LetterGroup> findGroups(LetterFilter filter, LetterState state, int limit) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(state.text());
        arguments.addAll(filter.arguments());
        arguments.add(limit);
        return jdbc.query(
                "SELECT g.id, g.topic, g.component, g.cause, g.message, count(*),"
                        + " min(d.recorded_at), max(d.recorded_at), max(d.attempts) FROM"
                        + " dead_letter d JOIN dead_letter_group g ON g.id = d.group_id WHERE"
                        + inState(state)
                        + filter.condition()
                        + " GROUP BY g.id ORDER BY 6 DESC, g.id LIMIT ?",
                (row, number) ->
                        new LetterGroup(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getLong(6),
                                Instant.ofEpochMilli(row.getLong(7)),
                                Instant.ofEpochMilli(row.getLong(8)),
                                row.getInt(9),
                                List.of()),
                arguments.toArray());
    }

    /** The latest letters of each of some groups. */
    List<LetterRow> findLatest(Collection<String> groups, LetterState state, int perGroup) {
        return jdbc.query(
                connection -> {
                    PreparedStatement statement =
                            connection.prepareStatement(
                                    "SELECT "
                                            + COLUMNS
                                            + " FROM unnest(?::text[]) wanted CROSS JOIN LATERAL"
                                            + " (SELECT * FROM dead_letter d WHERE"
                                            + " d.group_id = wanted AND"
                                            + inState(state)
                                            + " ORDER BY recorded_at DESC LIMIT ?) d");
                    statement.setArray(1, connection.createArrayOf("text", groups.toArray()));
                    statement.setString(2, state.text());
                    statement.setInt(3, perGroup);
                    return statement;
                },
                (row, number) -> letter(row));
    }

    /** A mark behind all letters that are in the index now. */
    public long mark() {
        Long mark = jdbc.queryForObject("SELECT last_value FROM dead_letter_seq_seq", Long.class);
        return mark == null ? 0 : mark;
    }

    /** How many open letters before a mark a filter means. */
    public long countOpen(LetterFilter filter, long mark) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(mark);
        arguments.addAll(filter.arguments());
        Long count =
                jdbc.queryForObject(
                        "SELECT count(*) FROM dead_letter d JOIN dead_letter_group g ON g.id ="
                                + " d.group_id WHERE d.state = 'open' AND d.seq <= ?"
                                + filter.condition(),
                        Long.class,
                        arguments.toArray());
        return count == null ? 0 : count;
    }

    /**
     * Open letters in the order of their records.
     *
     * @param mark those behind it are not meant
     * @param after the letter to begin behind; absent for the beginning
     */
    public List<LetterRow> findOpen(
            LetterFilter filter, long mark, @Nullable LetterRow after, int limit) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(mark);
        arguments.addAll(filter.arguments());
        if (after != null) {
            for (LetterPosition position : List.of(after.source(), after.letter())) {
                arguments.addAll(
                        List.of(position.topic(), position.partition(), position.offset()));
            }
        }
        arguments.add(limit);
        return jdbc.query(
                "SELECT "
                        + COLUMNS
                        + " FROM dead_letter d JOIN dead_letter_group g ON g.id = d.group_id WHERE"
                        + " d.state = 'open' AND d.seq <= ?"
                        + filter.condition()
                        + (after == null ? "" : " AND (" + SOURCE_ORDER + ") > (?, ?, ?, ?, ?, ?)")
                        + " ORDER BY "
                        + SOURCE_ORDER
                        + " LIMIT ?",
                (row, number) -> letter(row),
                arguments.toArray());
    }

    /** The letters at some positions, whatever was decided, in the order of their records. */
    public List<LetterRow> find(Collection<LetterPosition> positions) {
        return jdbc.query(
                connection -> {
                    PreparedStatement statement =
                            connection.prepareStatement(
                                    "SELECT "
                                            + COLUMNS
                                            + " FROM unnest(?::text[], ?::int4[], ?::int8[]) AS"
                                            + " wanted (topic, partition, position) JOIN"
                                            + " dead_letter d ON d.letter_topic = wanted.topic AND"
                                            + " d.letter_partition = wanted.partition AND"
                                            + " d.letter_offset = wanted.position ORDER BY "
                                            + SOURCE_ORDER);
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "text",
                                    positions.stream().map(LetterPosition::topic).toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "int4",
                                    positions.stream().map(LetterPosition::partition).toArray()));
                    statement.setArray(
                            3,
                            connection.createArrayOf(
                                    "int8",
                                    positions.stream().map(LetterPosition::offset).toArray()));
                    return statement;
                },
                (row, number) -> letter(row));
    }

    /**
     * Lets one transaction of all instances decide at a time, until it ends.
     *
     * @throws org.springframework.dao.DataAccessException if another one does not end in time
     */
    public void lockDecisions() {
        jdbc.query("SELECT pg_advisory_xact_lock(?)", row -> {}, REDRIVE_LOCK);
    }

    /** Keeps a decision about letters that are open. */
    public int decide(Collection<LetterRow> letters, LetterState state, @Nullable String reason) {
        int[] changed =
                jdbc.batchUpdate(
                        "UPDATE dead_letter SET state = ?, reason = ?, decided_at = now() WHERE"
                                + " topic_id = ? AND letter_partition = ? AND letter_offset = ? AND"
                                + " state = 'open'",
                        letters.stream()
                                .map(row ->
                                        new @Nullable Object[] {
                                            state.text(),
                                            reason,
                                            row.topicId(),
                                            row.letter().partition(),
                                            row.letter().offset()
                                        })
                                .toList());
        int sum = 0;
        for (int one : changed) {
            sum += one;
        }
        return sum;
    }

    /** In words that the partial indexes match, if it is about open letters. */
    private static String inState(LetterState state) {
        return state == LetterState.OPEN ? " d.state = 'open' AND d.state = ?" : " d.state = ?";
    }

    private static LetterRow letter(ResultSet row) throws SQLException {
        OffsetDateTime decidedAt = row.getObject(13, OffsetDateTime.class);
        return new LetterRow(
                row.getObject(1, UUID.class),
                new LetterPosition(row.getString(2), row.getInt(3), row.getLong(4)),
                new LetterPosition(row.getString(5), row.getInt(6), row.getLong(7)),
                row.getString(8),
                row.getInt(9),
                row.getInt(10),
                LetterState.valueOf(row.getString(11).toUpperCase(Locale.ROOT)),
                row.getString(12),
                decidedAt == null ? null : decidedAt.toInstant());
    }
}
