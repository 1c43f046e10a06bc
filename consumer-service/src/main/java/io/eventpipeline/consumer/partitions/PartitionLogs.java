package io.eventpipeline.consumer.partitions;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.springframework.stereotype.Component;

/** Asks the brokers about partitions; every question ends within its bound. Thread-safe. */
@Component
public final class PartitionLogs {

    private static final Duration TIMEOUT = Duration.ofMillis(2_500);

    private final Admin admin;

    PartitionLogs(Admin admin) {
        this.admin = admin;
    }

    /**
     * Describes topics.
     *
     * @throws KafkaUnansweredException if the brokers do not answer in time or a topic does not
     *     exist
     */
    public Map<String, TopicDescription> describe(Collection<String> topics) {
        return await(
                admin.describeTopics(
                                topics,
                                new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                        .allTopicNames(),
                "describe topics");
    }

    /**
     * The ids of topics by their names.
     *
     * @throws KafkaUnansweredException as {@link #describe}
     */
    public Map<String, Uuid> topicIds(Collection<String> topics) {
        return describe(topics).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, topic -> topic.getValue().topicId()));
    }

    /**
     * The bounds of the partitions' logs, for readers of committed records.
     *
     * @throws KafkaUnansweredException if the brokers do not answer in time or a topic does not
     *     exist
     */
    public Map<TopicPartition, LogBounds> bounds(Set<TopicPartition> partitions) {
        Map<String, Uuid> ids =
                topicIds(
                        partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
        ListOffsetsResult first = list(partitions, OffsetSpec.earliest());
        ListOffsetsResult last = list(partitions, OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> beginnings =
                await(first.all(), "list first offsets");
        Map<TopicPartition, ListOffsetsResultInfo> ends = await(last.all(), "list last offsets");
        Map<TopicPartition, LogBounds> bounds = new HashMap<>();
        for (TopicPartition partition : partitions) {
            bounds.put(
                    partition,
                    new LogBounds(
                            get(ids, partition.topic()),
                            get(beginnings, partition).offset(),
                            get(ends, partition).offset()));
        }
        return bounds;
    }

    /**
     * The offsets of the first records that are not older than a time.
     *
     * @param timestamp epoch milliseconds, of the records' timestamps
     * @return nothing for partitions without such a record
     * @throws KafkaUnansweredException if the brokers do not answer in time
     */
    public Map<TopicPartition, Long> offsetsAt(Set<TopicPartition> partitions, long timestamp) {
        return await(
                        list(partitions, OffsetSpec.forTimestamp(timestamp)).all(),
                        "list offsets by time")
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().offset() >= 0)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private ListOffsetsResult list(Set<TopicPartition> partitions, OffsetSpec spec) {
        return admin.listOffsets(
                partitions.stream()
                        .collect(Collectors.toMap(Function.identity(), partition -> spec)),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)
                        .timeoutMs((int) TIMEOUT.toMillis()));
    }

    private static <K, V> V get(Map<K, V> answer, K key) {
        V value = answer.get(key);
        if (value == null) {
            throw new KafkaUnansweredException("The brokers did not answer for " + key, null);
        }
        return value;
    }

    /**
     * Awaits an answer of the admin client.
     *
     * @throws KafkaUnansweredException if it does not come in time
     */
    public static <T> T await(KafkaFuture<T> future, String question) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnansweredException("Interrupted while asking to " + question, e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause =
                    e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new KafkaUnansweredException(
                    "Kafka could not " + question + ": " + cause.getMessage(), cause);
        }
    }
}
