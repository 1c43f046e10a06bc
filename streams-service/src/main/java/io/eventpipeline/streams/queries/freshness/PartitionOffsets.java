package io.eventpipeline.streams.queries.freshness;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka for offsets, each time for two seconds at most. Thread-safe. */
final class PartitionOffsets {

    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Admin admin;
    private final String group;

    PartitionOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** The number of partitions of those topics that exist. */
    Map<String, Integer> partitions(Collection<String> topics) throws InterruptedException {
        Map<String, Integer> counts = new HashMap<>();
        long deadline = deadline();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                counts.put(topic.getKey(), get(topic.getValue(), deadline).partitions().size());
            } catch (ExecutionException | TimeoutException _) {
                // Asked again the next time.
            }
        }
        return counts;
    }

    /** The offset behind the last record of partitions, in a transaction or not. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws InterruptedException {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** The offset behind the last record that is before every open transaction. */
    Map<TopicPartition, Long> stableEnds(Collection<TopicPartition> partitions)
            throws InterruptedException {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /** The offset of the oldest record that is kept. */
    Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions)
            throws InterruptedException {
        return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * Where the group goes on reading.
     *
     * @throws ExecutionException if Kafka refuses to say
     * @throws TimeoutException if Kafka does not say
     */
    Map<TopicPartition, Long> committed()
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), deadline())
                .forEach((partition, next) -> {
                    if (next != null) {
                        committed.put(partition, next.offset());
                    }
                });
        return committed;
    }

    /** Without the partitions whose leaders do not answer. */
    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation)
            throws InterruptedException {
        ListOffsetsResult result =
                admin.listOffsets(
                        partitions.stream()
                                .collect(Collectors.toMap(partition -> partition, _ -> which)),
                        new ListOffsetsOptions(isolation));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        long deadline = deadline();
        for (TopicPartition partition : partitions) {
            try {
                offsets.put(partition, get(result.partitionResult(partition), deadline).offset());
            } catch (ExecutionException | TimeoutException _) {
                // Asked again the next time.
            }
        }
        return offsets;
    }

    private static long deadline() {
        return System.nanoTime() + ANSWER.toNanos();
    }

    private static <T> T get(KafkaFuture<T> answer, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
