package io.eventpipeline.consumer.deadletters.triage;

import io.eventpipeline.consumer.partitions.LogBounds;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables that say which letters there are. Letters and the position behind them are stored in
 * one transaction, the position by compare-and-set, so that instances which read the same topics do
 * not disturb each other. Thread-safe.
 */
@Component
class DeadLetterIndex {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    DeadLetterIndex(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Where reading goes on, for all partitions that were read before. */
    Map<Uuid, Map<Integer, Long>> positions() {
        Map<Uuid, Map<Integer, Long>> positions = new HashMap<>();
        jdbc.query(
                "SELECT topic_id, partition, next_offset FROM dead_letter_position",
                row -> {
                    positions
                            .computeIfAbsent(
                                    fromSql(row.getObject(1, UUID.class)), id -> new HashMap<>())
                            .put(row.getInt(2), row.getLong(3));
                });
        return positions;
    }

    /**
     * Stores letters and moves the positions behind them; a copy of a letter that is known is
     * passed.
     *
     * @throws OptimisticLockingFailureException if another instance moved one of the positions;
     *     nothing is stored then
     */
    void store(List<IndexMove> moves, List<IndexedLetter> letters) {
        List<IndexMove> inLockOrder =
                moves.stream()
                        .sorted(
                                Comparator.comparing((IndexMove move) -> move.partition().topic())
                                        .thenComparingInt(move -> move.partition().partition()))
                        .toList();
        transaction.executeWithoutResult(status -> {
            for (IndexMove move : inLockOrder) {
                move(move);
            }
            insertGroups(letters);
            insertLetters(letters);
        });
    }

    /** How many letters are open. */
    long countOpen() {
        Long open =
                jdbc.queryForObject(
                        "SELECT count(*) FROM dead_letter WHERE state = 'open'", Long.class);
        return open == null ? 0 : open;
    }

    /** How many letters are open by topic and cause, the most frequent first. */
    List<OpenCount> countOpenByCause(int limit) {
        return jdbc.query(
                "SELECT g.topic, g.cause, sum(d.count) FROM (SELECT group_id, count(*) AS count"
                        + " FROM dead_letter WHERE state = 'open' GROUP BY group_id) d JOIN"
                        + " dead_letter_group g ON g.id = d.group_id GROUP BY 1, 2 ORDER BY 3 DESC,"
                        + " 1, 2 LIMIT ?",
                (row, number) -> new OpenCount(row.getString(1), row.getString(2), row.getLong(3)),
                limit);
    }

    /**
     * Open letters of a topic with a cause.
     *
     * @param count how many
     */
    record OpenCount(String topic, String cause, long count) {}

    /**
     * Forgets letters that Kafka does not have any more.
     *
     * @param bounds of all partitions that there are
     * @return how many of them were open
     */
    int forget(Map<TopicPartition, LogBounds> bounds) {
        Integer forgotten =
                transaction.execute(status -> {
                    int open = forgetExpired(bounds) + forgetRemade(bounds);
                    jdbc.update(
                            "DELETE FROM dead_letter_group g WHERE NOT EXISTS (SELECT FROM"
                                    + " dead_letter d WHERE d.group_id = g.id)");
                    return open;
                });
        return forgotten == null ? 0 : forgotten;
    }

    private int forgetExpired(Map<TopicPartition, LogBounds> bounds) {
        int open = 0;
        for (Map.Entry<TopicPartition, LogBounds> log : bounds.entrySet()) {
            if (log.getValue().beginning() > 0) {
                open +=
                        delete(
                                "topic_id = ? AND letter_partition = ? AND letter_offset < ?",
                                statement -> {
                                    statement.setObject(1, toSql(log.getValue().topicId()));
                                    statement.setInt(2, log.getKey().partition());
                                    statement.setLong(3, log.getValue().beginning());
                                });
            }
        }
        return open;
    }

    private int forgetRemade(Map<TopicPartition, LogBounds> bounds) {
        Set<String> topics = new HashSet<>();
        Set<UUID> present = new HashSet<>();
        bounds.forEach((partition, log) -> {
            topics.add(partition.topic());
            present.add(toSql(log.topicId()));
        });
        return delete(
                "letter_topic = ANY (?) AND topic_id <> ALL (?)",
                statement -> {
                    statement.setArray(1, array(statement.getConnection(), "text", topics));
                    statement.setArray(2, array(statement.getConnection(), "uuid", present));
                });
    }

    /** Deletes letters and tells how many were open. */
    private int delete(String condition, PreparedStatementSetter arguments) {
        return jdbc.query(
                        "WITH gone AS (DELETE FROM dead_letter WHERE "
                                + condition
                                + " RETURNING state) SELECT count(*) FILTER (WHERE state = 'open')"
                                + " FROM gone",
                        arguments,
                        (row, number) -> row.getInt(1))
                .getFirst();
    }

    private void move(IndexMove move) {
        int moved =
                jdbc.update(
                        "INSERT INTO dead_letter_position AS stored (topic_id, partition,"
                                + " next_offset) VALUES (?, ?, ?) ON CONFLICT (topic_id, partition)"
                                + " DO UPDATE SET next_offset = excluded.next_offset WHERE"
                                + " stored.next_offset = ?",
                        toSql(move.topicId()),
                        move.partition().partition(),
                        move.to(),
                        move.from());
        if (moved == 0) {
            throw new OptimisticLockingFailureException(
                    "Another instance read " + move.partition() + " on");
        }
    }

    private void insertGroups(List<IndexedLetter> letters) {
        Map<String, LetterFailure> groups = new HashMap<>();
        letters.forEach(letter -> groups.put(letter.failure().groupId(), letter.failure()));
        List<Map.Entry<String, LetterFailure>> inLockOrder =
                groups.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        jdbc.update(connection -> {
            PreparedStatement statement =
                    connection.prepareStatement(
                            "INSERT INTO dead_letter_group (id, topic, component, cause, message)"
                                    + " SELECT * FROM unnest(?::text[], ?::text[], ?::text[],"
                                    + " ?::text[], ?::text[]) ON CONFLICT DO NOTHING");
            statement.setArray(1, texts(connection, inLockOrder, Map.Entry::getKey));
            statement.setArray(2, texts(connection, inLockOrder, g -> g.getValue().topic()));
            statement.setArray(3, texts(connection, inLockOrder, g -> g.getValue().component()));
            statement.setArray(4, texts(connection, inLockOrder, g -> g.getValue().cause()));
            statement.setArray(5, texts(connection, inLockOrder, g -> g.getValue().message()));
            return statement;
        });
    }

    private void insertLetters(List<IndexedLetter> letters) {
        jdbc.update(connection -> {
            PreparedStatement statement =
                    connection.prepareStatement(
                            "INSERT INTO dead_letter (topic_id, letter_topic, letter_partition,"
                                    + " letter_offset, group_id, component, source_topic,"
                                    + " source_partition, source_offset, recorded_at, bytes,"
                                    + " attempts) SELECT * FROM unnest(?::uuid[], ?::text[],"
                                    + " ?::int4[], ?::int8[], ?::text[], ?::text[], ?::text[],"
                                    + " ?::int4[], ?::int8[], ?::int8[], ?::int4[], ?::int4[]) ON"
                                    + " CONFLICT DO NOTHING");
            Columns columns = new Columns(connection, statement, letters);
            columns.set("uuid", letter -> toSql(letter.topicId()));
            columns.set("text", letter -> letter.position().topic());
            columns.set("int4", letter -> letter.position().partition());
            columns.set("int8", letter -> letter.position().offset());
            columns.set("text", letter -> letter.failure().groupId());
            columns.set("text", letter -> letter.failure().component());
            columns.set("text", letter -> letter.failure().topic());
            columns.set("int4", letter -> letter.failure().partition());
            columns.set("int8", letter -> letter.failure().offset());
            columns.set("int8", IndexedLetter::recordedAt);
            columns.set("int4", IndexedLetter::bytes);
            columns.set("int4", IndexedLetter::attempts);
            return statement;
        });
    }

    private static <T> Array texts(
            Connection connection, Collection<T> values, Function<T, String> text)
            throws SQLException {
        return array(connection, "text", values.stream().map(text).toList());
    }

    private static Array array(Connection connection, String type, Collection<?> values)
            throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    private static UUID toSql(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static Uuid fromSql(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** The columns of an insert, one array each. */
    private static final class Columns {

        private final Connection connection;
        private final PreparedStatement statement;
        private final List<IndexedLetter> letters;
        private int next = 1;

        Columns(Connection connection, PreparedStatement statement, List<IndexedLetter> letters) {
            this.connection = connection;
            this.statement = statement;
            this.letters = letters;
        }

        void set(String type, Function<IndexedLetter, Object> column) throws SQLException {
            statement.setArray(
                    next++, array(connection, type, letters.stream().map(column).toList()));
        }
    }
}
