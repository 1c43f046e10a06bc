package io.eventpipeline.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A record of a dead-letter topic. */
record Letter(ConsumerRecord<byte[], byte[]> source) {

    /** The letter of a record; none if it has none. */
    static List<Letter> find(String bootstrapServers, String topic, RecordMetadata source) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            TopicPartition letters = new TopicPartition(topic + "-dlt", source.partition());
            consumer.assign(List.of(letters));
            consumer.seekToBeginning(List.of(letters));
            Map<Long, Letter> found = new HashMap<>();
            long end = consumer.endOffsets(List.of(letters)).getOrDefault(letters, 0L);
            while (consumer.position(letters) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(letter ->
                                found.put(new Letter(letter).sourceOffset(), new Letter(letter)));
            }
            return found.containsKey(source.offset())
                    ? List.of(found.get(source.offset()))
                    : List.of();
        }
    }

    String header(String name) {
        Header header = source.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    String reason() {
        return header("kafka_dlt-exception-message");
    }

    long sourceOffset() {
        return ByteBuffer.wrap(source.headers().lastHeader("kafka_dlt-original-offset").value())
                .getLong();
    }
}
