package io.eventpipeline.benchmarks.streaming;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic of results, committed ones only, without a group. For one thread. */
final class ResultReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;

    private ResultReader(String bootstrapServers, String topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(
                consumer.partitionsFor(topic).stream()
                        .map(each -> new TopicPartition(topic, each.partition()))
                        .toList());
    }

    /** From the beginning. */
    static ResultReader ofAll(String bootstrapServers, String topic) {
        ResultReader reader = new ResultReader(bootstrapServers, topic);
        reader.consumer.seekToBeginning(List.of());
        return reader;
    }

    /** What comes from now on. */
    static ResultReader ofNew(String bootstrapServers, String topic) {
        ResultReader reader = new ResultReader(bootstrapServers, topic);
        reader.consumer.seekToEnd(List.of());
        reader.consumer.assignment().forEach(reader.consumer::position);
        return reader;
    }

    /** Reads what is there within a moment. */
    void read(Consumer<ConsumerRecord<byte[], byte[]>> results) {
        consumer.poll(POLL).forEach(results);
    }

    /** Reads to what is the end now. */
    void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> results) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            read(results);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
