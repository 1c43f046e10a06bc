package io.eventpipeline.streams.queries;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Whether a source partition is read to its end. "Not found" is an answer only then: right after a
 * start, a store is restored to where it was, and what was sent meanwhile is still to be read.
 * Thread-safe.
 */
final class ReadProgress {

    /** How long a question may wait for the last records to be read. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration INTERVAL = Duration.ofMillis(25);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Admin admin;
    private final String group;

    ReadProgress(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * Waits a moment until what was in a partition at the call is read.
     *
     * @return false if it is not read in time
     * @throws ExecutionException if Kafka refuses to say
     * @throws TimeoutException if Kafka does not say
     */
    boolean awaitEnd(KafkaStreams client, TopicPartition partition)
            throws ExecutionException, TimeoutException, InterruptedException {
        long end = offset(partition, OffsetSpec.latest());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (position(client, partition) < end) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(INTERVAL);
        }
        return true;
    }

    /**
     * The next offset to be read. A task knows its own commits only; before the first, the group's
     * is asked for, and without any, reading begins at the beginning.
     */
    private long position(KafkaStreams client, TopicPartition partition)
            throws ExecutionException, TimeoutException, InterruptedException {
        long own =
                client.metadataForLocalThreads().stream()
                        .flatMap(thread -> thread.activeTasks().stream())
                        .mapToLong(task -> task.committedOffsets().getOrDefault(partition, -1L))
                        .max()
                        .orElse(-1);
        if (own >= 0) {
            return own;
        }
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        OffsetAndMetadata last = committed.get(partition);
        return last == null ? offset(partition, OffsetSpec.earliest()) : last.offset();
    }

    private long offset(TopicPartition partition, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        return get(admin.listOffsets(
                                Map.of(partition, which),
                                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .partitionResult(partition))
                .offset();
    }

    private static <T> T get(KafkaFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }
}
