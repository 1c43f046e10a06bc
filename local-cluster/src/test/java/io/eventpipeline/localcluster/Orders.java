package io.eventpipeline.localcluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of numbered orders, written with acks=all and read back whole. */
record Orders(String bootstrapServers) {

    private static final String TOPIC = "orders";
    private static final int TIMEOUT_SECONDS = 60;

    static List<String> numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(number -> "order-" + number).toList();
    }

    void createTopic(int replicas) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) replicas)))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Returns when every order is acknowledged. */
    void send(List<String> orders) throws Exception {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        // On a topic as new as this, two may overtake each other (KAFKA-15591).
                        "max.in.flight.requests.per.connection",
                        1,
                        "request.timeout.ms",
                        5_000,
                        "delivery.timeout.ms",
                        TIMEOUT_SECONDS * 1_000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (String order : orders) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, 0, null, order)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** All orders of the topic, in the order of the log. */
    List<String> read() {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Duration timeout = Duration.ofSeconds(TIMEOUT_SECONDS);
            long end = consumer.endOffsets(List.of(partition), timeout).getOrDefault(partition, 0L);
            List<String> orders = new ArrayList<>();
            while (consumer.position(partition, timeout) < end) {
                for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofSeconds(1))) {
                    orders.add(found.value());
                }
            }
            return orders;
        }
    }
}
