package io.eventpipeline.consumer.archive;

import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What a member knows of a partition that it owns. Confined to the thread of its consumer.
 *
 * <p>It begins {@code UNRESOLVED}: where its files end has to be looked up. {@code READY}: the
 * consumer stands behind what is published and written. {@code STOPPED}: going on would leave out
 * or repeat records, an operator has to decide.
 */
final class ArchivedPartition {

    enum State {
        UNRESOLVED,
        READY,
        STOPPED
    }

    private final TopicPartition partition;
    private State state = State.UNRESOLVED;
    private @Nullable String reason;
    private @Nullable Uuid topicId;
    private @Nullable PartitionFolder folder;
    private @Nullable RangeFile range;
    private long published;
    private long next;
    private long committed;

    ArchivedPartition(TopicPartition partition) {
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

    /** Where its files are, once it is ready. */
    PartitionFolder folder() {
        return Objects.requireNonNull(folder);
    }

    /** The file that is written; null if there is nothing to write. */
    @Nullable RangeFile range() {
        return range;
    }

    /** The end of the files, where the next one begins. */
    long published() {
        return published;
    }

    /** The first offset that was neither written nor passed. */
    long next() {
        return next;
    }

    /** Whether Kafka does not know where the files end. */
    boolean needsKafkaCommit() {
        return state == State.READY && committed != published;
    }

    void ready(Uuid id, PartitionFolder files, long end, long position) {
        state = State.READY;
        reason = null;
        topicId = id;
        folder = files;
        published = end;
        next = position;
    }

    void begun(RangeFile file) {
        range = file;
    }

    void passed(long offset) {
        next = Math.max(next, offset);
    }

    void published(long end) {
        range = null;
        published = end;
        next = Math.max(next, end);
    }

    void committed(long offset) {
        committed = offset;
    }

    /** Where the files end is not known any more; what was being written is lost. */
    void unresolved() {
        discard();
        state = State.UNRESOLVED;
        reason = null;
    }

    void stopped(String why) {
        discard();
        state = State.STOPPED;
        reason = why;
    }

    /** Gives up the file that is written. */
    void discard() {
        RangeFile file = range;
        range = null;
        if (file != null) {
            file.discard();
        }
    }
}
