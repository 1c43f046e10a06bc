package io.eventpipeline.consumer.delivery;

import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What a member knows of a partition that it owns. Confined to the thread of its consumer.
 *
 * <p>It begins {@code UNRESOLVED}: its stored offset has to be read and sought. {@code READY}: the
 * stored offset is known and the consumer stands at it or behind what was delivered. {@code
 * STOPPED}: reading on would skip or repeat records, an operator has to decide.
 */
final class OwnedPartition {

    enum State {
        UNRESOLVED,
        READY,
        STOPPED
    }

    private final TopicPartition partition;
    private State state = State.UNRESOLVED;
    private @Nullable Uuid topicId;
    private @Nullable String reason;
    private long next;
    private long committed = -1;

    OwnedPartition(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    State state() {
        return state;
    }

    boolean isReady() {
        return state == State.READY;
    }

    /** Why it is stopped. */
    @Nullable String reason() {
        return reason;
    }

    /** The topic's id, once it is ready. */
    Uuid topicId() {
        return Objects.requireNonNull(topicId);
    }

    /** The stored offset as last read or stored by this member; the {@code expected} of a move. */
    long next() {
        return next;
    }

    /** Whether Kafka does not have the offset that the database has. */
    boolean needsKafkaCommit() {
        return state == State.READY && committed != next;
    }

    void ready(Uuid id, long stored) {
        state = State.READY;
        topicId = id;
        next = stored;
        reason = null;
    }

    void moved(long stored) {
        next = stored;
    }

    void committed(long offset) {
        committed = offset;
    }

    /** The stored offset is not known any more. */
    void unresolved() {
        state = State.UNRESOLVED;
        reason = null;
    }

    void stopped(String why) {
        state = State.STOPPED;
        reason = why;
    }
}
