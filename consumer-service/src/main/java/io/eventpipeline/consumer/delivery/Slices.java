package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.delivery.OwnedPartition.State;
import io.eventpipeline.consumer.partitions.LogBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts what a consumer has polled or passed into slices, and finds what does not follow on what is
 * stored. Confined to the thread of the consumer.
 */
final class Slices {

    private static final Logger log = LoggerFactory.getLogger(Slices.class);

    private final Consumer<?, ?> consumer;
    private final OwnedPartitions owned;
    private final MemberContext context;
    private final boolean mayBeReset;

    /**
     * Creates it.
     *
     * @param mayBeReset whether the client goes on elsewhere by itself where its position left the
     *     log
     */
    Slices(
            Consumer<?, ?> consumer,
            OwnedPartitions owned,
            MemberContext context,
            boolean mayBeReset) {
        this.consumer = consumer;
        this.owned = owned;
        this.context = context;
        this.mayBeReset = mayBeReset;
    }

    /** What was polled of a partition; empty if it does not follow on what is stored. */
    Optional<Slice> polled(TopicPartition partition, ConsumerRecords<byte[], byte[]> records) {
        return owned.find(partition)
                .filter(OwnedPartition::isReady)
                .flatMap(mine -> polled(mine, records));
    }

    private Optional<Slice> polled(OwnedPartition mine, ConsumerRecords<byte[], byte[]> records) {
        List<ConsumerRecord<byte[], byte[]>> own = records.records(mine.partition());
        if (!own.isEmpty() && !follows(mine, own.getFirst().offset())) {
            log.warn(
                    "{}@{} was polled, but the stored offset is {}",
                    mine.partition(),
                    own.getFirst().offset(),
                    mine.next());
            return Optional.empty();
        }
        OffsetAndMetadata next = records.nextOffsets().get(mine.partition());
        return Optional.of(
                new Slice(
                        mine.partition(),
                        mine.topicId(),
                        mine.next(),
                        next == null ? own.getLast().offset() + 1 : next.offset(),
                        own.stream().map(context.reader()::read).toList()));
    }

    /**
     * What readers never see and lies between the stored offsets and the positions: transaction
     * markers, aborted records, compacted ones. Only when everything polled is delivered.
     *
     * @param skipped takes the partitions whose position does not follow on what is stored
     */
    List<Slice> passed(List<TopicPartition> skipped) {
        List<Slice> slices = new ArrayList<>();
        for (OwnedPartition mine : owned.in(State.READY)) {
            try {
                long position = consumer.position(mine.partition(), Duration.ZERO);
                if (position > mine.next() && follows(mine, position)) {
                    slices.add(
                            new Slice(
                                    mine.partition(),
                                    mine.topicId(),
                                    mine.next(),
                                    position,
                                    List.of()));
                } else if (position > mine.next()) {
                    skipped.add(mine.partition());
                }
            } catch (TimeoutException e) {
                log.debug("The position in {} is not known now", mine.partition());
            }
        }
        return slices;
    }

    /** Whether between the stored offset and this one there is nothing that could be read. */
    private boolean follows(OwnedPartition mine, long offset) {
        if (offset <= mine.next() || !mayBeReset) {
            return offset >= mine.next();
        }
        LogBounds bounds = context.logs().bounds(Set.of(mine.partition())).get(mine.partition());
        return bounds != null && bounds.beginning() <= mine.next();
    }
}
