package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.parallel.PartitionWork;
import io.eventpipeline.consumer.parallel.RecordTask;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of a listener's group. It hands out what is polled and polls on; a partition with
 * too much in hand is paused until half of it is done. It commits what is done without gaps, and
 * tries again with the next poll where that fails: a failed commit says nothing about who owns a
 * partition.
 *
 * <p>Confined to the thread of its consumer, but for {@link #pending()}.
 */
final class WebhookMember {

    private static final Logger log = LoggerFactory.getLogger(WebhookMember.class);
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(3);

    private final String listener;
    private final Consumer<?, ?> consumer;
    private final RecordTask task;
    private final Counter failedCommits;
    private final int maxPending;
    private final Duration drainTimeout;
    private final BooleanSupplier pausedByOperator;
    private final Map<TopicPartition, PartitionWork> works = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private long nextCommit = System.nanoTime();

    WebhookMember(
            WebhookListener listener,
            Consumer<?, ?> consumer,
            WebhookProperties properties,
            BooleanSupplier pausedByOperator,
            Counter failedCommits) {
        this.listener = listener.id();
        this.consumer = consumer;
        this.task = listener.task();
        this.failedCommits = failedCommits;
        this.maxPending = properties.maxPending();
        this.drainTimeout = properties.drainTimeout();
        this.pausedByOperator = pausedByOperator;
    }

    /** How many records are in hand; may be called by any thread. */
    int pending() {
        return works.values().stream().mapToInt(PartitionWork::pending).sum();
    }

    void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> works.put(partition, new PartitionWork(task)));
        log.info("{} was assigned {}", listener, partitions);
    }

    /** Calls under way may end first; the rest is for the partition's next owner. */
    void revoked(Collection<TopicPartition> partitions) {
        long deadline = System.nanoTime() + drainTimeout.toNanos();
        for (TopicPartition partition : partitions) {
            PartitionWork work = works.get(partition);
            if (work != null) {
                long left = Math.max(0, deadline - System.nanoTime());
                if (!work.close(Duration.ofNanos(left))) {
                    log.warn("Calls for {} did not end in time and are made again", partition);
                }
            }
        }
        commit(partitions);
        forget(partitions);
    }

    /** Others have them already: nothing may be committed, and every call under way is a repeat. */
    void lost(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionWork work = works.get(partition);
            if (work != null) {
                work.close(Duration.ZERO);
            }
        }
        forget(partitions);
    }

    void received(ConsumerRecords<byte[], byte[]> records) {
        for (Map.Entry<TopicPartition, OffsetAndMetadata> next : records.nextOffsets().entrySet()) {
            PartitionWork work = works.get(next.getKey());
            if (work != null) {
                work.add(records.records(next.getKey()), next.getValue().offset());
            }
        }
        maintain();
    }

    /** Called after each poll, with or without records. */
    void maintain() {
        works.forEach((partition, work) -> {
            int pending = work.pending();
            if (pending >= maxPending) {
                consumer.pause(List.of(partition));
            } else if (pending <= maxPending / 2
                    && !pausedByOperator.getAsBoolean()
                    && consumer.paused().contains(partition)) {
                consumer.resume(List.of(partition));
            }
        });
        if (nextCommit - System.nanoTime() <= 0) {
            nextCommit = System.nanoTime() + COMMIT_INTERVAL.toNanos();
            commit(works.keySet());
        }
    }

    private void commit(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionWork work = works.get(partition);
            long offset = work == null ? -1 : work.committable();
            if (offset >= 0 && offset != committed.getOrDefault(partition, -1L)) {
                offsets.put(partition, new OffsetAndMetadata(offset));
            }
        }
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT_TIMEOUT);
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
        } catch (KafkaException e) {
            failedCommits.increment();
            log.warn("{} could not commit its offsets now: {}", listener, e.toString());
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(works::remove);
        partitions.forEach(committed::remove);
    }
}
