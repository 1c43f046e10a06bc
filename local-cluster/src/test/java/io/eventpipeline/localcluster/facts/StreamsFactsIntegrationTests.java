package io.eventpipeline.localcluster.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.kstream.KStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A join of orders in three partitions with addresses in one, which cannot be right: what Kafka
 * Streams says to it depends on the group protocol and on repartition topics. On the shared broker.
 */
class StreamsFactsIntegrationTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String SERVERS = SharedCluster.kafka().bootstrapServers();
    private static final String ORDERS = "streams-facts-orders";
    private static final String ADDRESSES = "streams-facts-addresses";
    private static final int CUSTOMERS = 100;

    private static int ordersInTheFirstPartition;

    @TempDir private Path folder;

    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger joined = new AtomicInteger();

    @BeforeAll
    static void everyCustomerHasAnAddressAndAnOrder() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", SERVERS));
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(
                                Map.of(
                                        "bootstrap.servers",
                                        SERVERS,
                                        // On topics as new as these, two may overtake each other
                                        // (KAFKA-15591).
                                        "max.in.flight.requests.per.connection",
                                        1),
                                new StringSerializer(),
                                new StringSerializer())) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(ORDERS, 3, (short) 1),
                                    new NewTopic(ADDRESSES, 1, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            // Of today: what is older than the topic's retention may be deleted before it is read.
            long now = System.currentTimeMillis();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                sent.add(producer.send(record(ADDRESSES, now - 2_000 + i, "customer-" + i)));
                sent.add(producer.send(record(ORDERS, now - 1_000 + i, "customer-" + i)));
            }
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata stored = one.get(60, TimeUnit.SECONDS);
                boolean meets = stored.topic().equals(ORDERS) && stored.partition() == 0;
                ordersInTheFirstPartition += meets ? 1 : 0;
            }
        }
    }

    @Test
    void classicProtocolJoinsWhatHappensToMeetAndSaysNothing() {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (KafkaStreams streams = run("classic", join(), failure)) {
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(seen).hasValue(CUSTOMERS));
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(joined).hasValue(ordersInTheFirstPartition));

            assertThat(ordersInTheFirstPartition).isBetween(1, CUSTOMERS - 1);
            assertThat(streams.state()).isEqualTo(KafkaStreams.State.RUNNING);
            assertThat(failure).hasNullValue();
        }
    }

    @Test
    void classicProtocolRefusesTheJoinWhereAnyTopicIsRepartitioned() {
        StreamsBuilder builder = join();
        builder.<String, String>stream("streams-facts-payments")
                .selectKey((order, customer) -> customer)
                .groupByKey()
                .count();
        create("streams-facts-payments");

        assertRefused("classic", builder);
    }

    @Test
    void streamsProtocolRefusesTheJoin() {
        assertRefused("streams", join());
    }

    private void assertRefused(String protocol, StreamsBuilder builder) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (KafkaStreams streams = run(protocol, builder, failure)) {
            await().atMost(TIMEOUT)
                    .untilAsserted(() ->
                            assertThat(failure.get())
                                    .as("in state %s", streams.state())
                                    .hasStackTraceContaining(TopologyException.class.getName()));
            assertThat(joined).hasValue(0);
        }
    }

    private StreamsBuilder join() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> orders = builder.stream(ORDERS);
        orders.peek((customer, order) -> seen.incrementAndGet())
                .join(builder.<String, String>table(ADDRESSES), (order, address) -> order + address)
                .foreach((customer, shipment) -> joined.incrementAndGet());
        return builder;
    }

    private KafkaStreams run(
            String protocol, StreamsBuilder builder, AtomicReference<@Nullable Throwable> failure) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "streams-facts-" + System.nanoTime());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, SERVERS);
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, protocol);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        settings.put("auto.offset.reset", "earliest");
        KafkaStreams streams = new KafkaStreams(builder.build(), settings);
        streams.setUncaughtExceptionHandler(error -> {
            failure.set(error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
        return streams;
    }

    private static void create(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", SERVERS))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    private static ProducerRecord<String, String> record(String topic, long time, String customer) {
        return new ProducerRecord<>(topic, null, time, customer, customer);
    }
}
