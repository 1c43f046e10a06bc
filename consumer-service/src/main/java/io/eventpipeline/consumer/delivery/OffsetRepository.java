package io.eventpipeline.consumer.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/**
 * The table {@code consumer_offset}: one row a group, topic id and partition, the truth about where
 * the group resumes. Thread-safe; takes part in the transaction of the calling thread.
 *
 * <p>A move is a compare-and-set: it succeeds only for the member that knows the present value. The
 * row stays locked until the end of the transaction, so a member that lost its partition and still
 * writes is either first, and then the new owner is refused and reads again, or second, and then it
 * is refused itself. One of the two writes, never both.
 */
@Component
public class OffsetRepository {

    private static final RowMapper<StoredOffset> STORED_OFFSET =
            (row, number) ->
                    new StoredOffset(
                            row.getString("topic"),
                            TopicIds.fromSql(row.getObject("topic_id", UUID.class)),
                            row.getInt("partition"),
                            row.getLong("next_offset"));

    private final JdbcTemplate jdbc;

    OffsetRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Reads all stored offsets of a group in some topics, those of topics long deleted too. */
    public List<StoredOffset> find(String group, Collection<String> topics) {
        return jdbc.query(
                connection -> {
                    var statement =
                            connection.prepareStatement(
                                    "SELECT topic, topic_id, partition, next_offset FROM"
                                            + " consumer_offset WHERE group_id = ? AND topic = ANY"
                                            + " (?::text[])");
                    statement.setString(1, group);
                    statement.setArray(2, connection.createArrayOf("text", topics.toArray()));
                    return statement;
                },
                STORED_OFFSET);
    }

    /** Stores the first offset of a partition, unless another member was quicker. */
    public void begin(
            String group, TopicPartition partition, Uuid topicId, long offset, String owner) {
        jdbc.update(
                "INSERT INTO consumer_offset (group_id, topic, topic_id, partition, next_offset,"
                        + " owner) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                group,
                partition.topic(),
                TopicIds.toSql(topicId),
                partition.partition(),
                offset,
                owner);
    }

    /**
     * Moves offsets on, each by compare-and-set, in {@link Slice#LOCK_ORDER} and in one round trip.
     *
     * @param moves in that order
     * @return for each move whether it succeeded; if not, another member moved the row
     */
    public boolean[] move(String group, String owner, List<OffsetMove> moves) {
        int[] counts =
                jdbc.batchUpdate(
                        "UPDATE consumer_offset SET next_offset = ?, rows_stored = rows_stored + ?,"
                                + " dead_lettered = dead_lettered + ?, owner = ?, updated_at ="
                                + " now() WHERE group_id = ? AND topic_id = ? AND partition = ? AND"
                                + " next_offset = ?",
                        moves.stream()
                                .map(move ->
                                        new Object[] {
                                            move.next(),
                                            move.rows(),
                                            move.deadLetters(),
                                            owner,
                                            group,
                                            TopicIds.toSql(move.topicId()),
                                            move.partition().partition(),
                                            move.expected()
                                        })
                                .toList());
        boolean[] moved = new boolean[counts.length];
        for (int i = 0; i < counts.length; i++) {
            moved[i] = counts[i] == 1;
        }
        return moved;
    }

    /** Locks a row until the end of the transaction and reads its offset; the row exists. */
    long lock(String group, Uuid topicId, int partition) {
        Long next =
                jdbc.queryForObject(
                        "SELECT next_offset FROM consumer_offset WHERE group_id = ? AND topic_id ="
                                + " ? AND partition = ? FOR UPDATE",
                        Long.class,
                        group,
                        TopicIds.toSql(topicId),
                        partition);
        return Objects.requireNonNull(next);
    }

    /** Moves an offset anywhere, by compare-and-set, in the transaction that locked the row. */
    void seek(String group, Uuid topicId, OffsetSeek.Move move, String by) {
        int moved =
                jdbc.update(
                        "UPDATE consumer_offset SET next_offset = ?, sought = sought + ?, owner ="
                                + " ?, updated_at = now() WHERE group_id = ? AND topic_id = ? AND"
                                + " partition = ? AND next_offset = ?",
                        move.to(),
                        move.to() - move.from(),
                        by,
                        group,
                        TopicIds.toSql(topicId),
                        move.partition().partition(),
                        move.from());
        if (moved != 1) {
            throw new IllegalStateException("A locked offset moved: " + move);
        }
    }

    /**
     * Counts records of a move that turned out not to become rows. Only within the transaction of
     * the move, which holds the row.
     */
    public void recount(String group, Uuid topicId, int partition, int repeats, int deadLetters) {
        jdbc.update(
                "UPDATE consumer_offset SET rows_stored = rows_stored - ?, repeats_dropped ="
                        + " repeats_dropped + ?, dead_lettered = dead_lettered + ? WHERE group_id ="
                        + " ? AND topic_id = ? AND partition = ?",
                repeats + deadLetters,
                repeats,
                deadLetters,
                group,
                TopicIds.toSql(topicId),
                partition);
    }
}
