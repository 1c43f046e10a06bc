package io.eventpipeline.systemtests.history;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what readers of committed records see, without a group and without traces. Confined to one
 * thread.
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Connects to the brokers. */
    public TopicReader(String bootstrapServers) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    /** Where each partition of a topic ends for readers of committed records. */
    public Map<Integer, Long> endOffsets(String topic) {
        Map<Integer, Long> ends = new TreeMap<>();
        consumer.endOffsets(partitions(topic))
                .forEach((partition, offset) -> ends.put(partition.partition(), offset));
        return ends;
    }

    /** All committed records of a topic whose values are about an order. */
    public List<TopicRecord> read(String topic) {
        List<TopicRecord> records = new ArrayList<>();
        forEach(topic, record -> records.add(read(record)));
        records.sort(
                Comparator.comparingInt(TopicRecord::partition)
                        .thenComparingLong(TopicRecord::offset));
        return records;
    }

    /** Shows all committed records of a topic, each partition's in order. */
    public void forEach(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
        while (partitions.stream()
                .anyMatch(partition ->
                        consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "nothing came of %s within %s".formatted(topic, READ_TIMEOUT));
            }
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL_TIMEOUT);
            polled.forEach(reader);
            if (!polled.isEmpty()) {
                deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
            }
        }
    }

    private static TopicRecord read(ConsumerRecord<byte[], byte[]> record) {
        return new TopicRecord(
                record.partition(),
                record.offset(),
                CloudEventHeaders.identityOf(record),
                EventJson.readTree(record.value()).required("orderId").stringValue());
    }

    /** How many records each dead-letter topic holds, of those that hold some. */
    public Map<String, Long> deadLetters(TopicCatalogue catalogue) {
        Map<String, Long> counts = new HashMap<>();
        for (TopicDefinition topic : catalogue.all()) {
            if (topic.audience() == TopicDefinition.Audience.DEAD_LETTERS
                    && consumer.listTopics().containsKey(topic.name())) {
                long count = 0;
                Map<TopicPartition, Long> beginnings =
                        consumer.beginningOffsets(partitions(topic.name()));
                for (Map.Entry<TopicPartition, Long> end :
                        consumer.endOffsets(partitions(topic.name())).entrySet()) {
                    count += end.getValue() - beginnings.getOrDefault(end.getKey(), 0L);
                }
                if (count > 0) {
                    counts.put(topic.name(), count);
                }
            }
        }
        return counts;
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
