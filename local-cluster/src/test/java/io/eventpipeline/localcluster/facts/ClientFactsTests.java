package io.eventpipeline.localcluster.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.RebalanceProtocol;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, defaults and classes of the producer and the consumer. */
class ClientFactsTests {

    @Test
    void producerDefaultsAreThoseOfToday() {
        assertThat(ProducerConfig.configDef().defaultValues())
                .containsEntry("acks", "all")
                .containsEntry("linger.ms", 5L)
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.in.flight.requests.per.connection", 5)
                .containsEntry("retries", Integer.MAX_VALUE)
                .containsEntry("request.timeout.ms", 30_000)
                .containsEntry("delivery.timeout.ms", 120_000)
                .containsEntry("max.block.ms", 60_000L)
                .containsEntry("max.request.size", 1_048_576)
                .containsEntry("partitioner.class", null);
    }

    @Test
    void acksOfOneSwitchesIdempotenceOffUnlessItWasAskedFor() {
        assertThat(producer(Map.of("acks", "1")).getBoolean("enable.idempotence")).isFalse();
        assertThatThrownBy(() -> producer(Map.of("acks", "1", "enable.idempotence", true)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("acks");
    }

    @Test
    void idempotentProducerHasUpToFiveRequestsInFlight() {
        String inFlight = "max.in.flight.requests.per.connection";

        assertThat(producer(Map.of(inFlight, 5)).getBoolean("enable.idempotence")).isTrue();
        assertThatThrownBy(() -> producer(Map.of(inFlight, 6)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at most 5");
    }

    @Test
    void deliveryTimeoutIncludesLingerAndRequestTimeout() {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:1",
                        "linger.ms",
                        100,
                        "request.timeout.ms",
                        1_000,
                        "delivery.timeout.ms",
                        1_099);
        assertThatThrownBy(() ->
                        new KafkaProducer<>(
                                        settings, new StringSerializer(), new StringSerializer())
                                .close())
                .hasRootCauseInstanceOf(ConfigException.class)
                .hasStackTraceContaining("delivery.timeout.ms should be equal to or larger than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch.num.messages", "block.on.buffer.full"})
    void settingThatIsUnknownIsTakenWithoutAnError(String name) {
        assertThat(ProducerConfig.configNames()).doesNotContain(name);
        assertThat(producer(Map.of(name, "1")).unused()).contains(name);
    }

    @Test
    void onlyRoundRobinIsLeftOfThePartitionersAndIgnoresKeys() {
        String internals = "org.apache.kafka.clients.producer.internals.";
        assertThat(Classes.exists(internals + "DefaultPartitioner")).isFalse();
        assertThat(Classes.exists("org.apache.kafka.clients.producer.UniformStickyPartitioner"))
                .isFalse();
        assertThat(Classes.exists(internals + "BuiltInPartitioner")).isTrue();

        try (RoundRobinPartitioner roundRobin = new RoundRobinPartitioner()) {
            byte[] alice = {1};
            Cluster cluster = ordersWithThreePartitions();
            List<Integer> partitions =
                    IntStream.range(0, 3)
                            .mapToObj(i ->
                                    roundRobin.partition(
                                            "orders", "alice", alice, "", alice, cluster))
                            .toList();
            assertThat(partitions).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void headersHoldNothingButWhatTheUserPuts() {
        assertThat(new ProducerRecord<>("orders", 0, 1L, "alice", "1 pear").headers()).isEmpty();
    }

    @Test
    void consumerDefaultsAreThoseOfToday() {
        assertThat(ConsumerConfig.configDef().defaultValues())
                .containsEntry("session.timeout.ms", 45_000)
                .containsEntry("heartbeat.interval.ms", 3_000)
                .containsEntry("group.protocol", "classic")
                .containsEntry("allow.auto.create.topics", true)
                .containsEntry(
                        "partition.assignment.strategy",
                        List.of(RangeAssignor.class, CooperativeStickyAssignor.class));
        assertThat(ConsumerConfig.configNames()).contains("client.rack", "group.remote.assignor");
    }

    @Test
    void defaultAssignorsStillRebalanceEagerly() {
        assertThat(new RangeAssignor().supportedProtocols())
                .containsExactly(RebalanceProtocol.EAGER);
        assertThat(new CooperativeStickyAssignor().supportedProtocols())
                .contains(RebalanceProtocol.COOPERATIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session.timeout.ms",
                "heartbeat.interval.ms",
                "partition.assignment.strategy"
            })
    void newGroupProtocolRefusesTheClientsOwn(String name) {
        Object value =
                name.endsWith("strategy") ? RangeAssignor.class.getName() : Integer.valueOf(10_000);

        assertThatThrownBy(() -> consumer(Map.of("group.protocol", "consumer", name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(name + " cannot be set when group.protocol=CONSUMER");
    }

    @Test
    void offsetResetTakesADuration() {
        assertThat(consumer(Map.of("auto.offset.reset", "by_duration:PT1H"))).isNotNull();
        assertThatThrownBy(() -> consumer(Map.of("auto.offset.reset", "by_duration:1h")))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void rebalanceListenerHasThreeCallbacks() {
        Set<String> callbacks =
                Set.of("onPartitionsAssigned", "onPartitionsRevoked", "onPartitionsLost");

        assertThat(Stream.of(ConsumerRebalanceListener.class.getMethods()).map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(callbacks);
    }

    private static Cluster ordersWithThreePartitions() {
        Node node = new Node(1, "127.0.0.1", 9092);
        Node[] nodes = {node};
        List<PartitionInfo> partitions =
                IntStream.range(0, 3)
                        .mapToObj(i -> new PartitionInfo("orders", i, node, nodes, nodes))
                        .toList();
        return new Cluster("cluster", List.of(node), partitions, Set.of(), Set.of());
    }

    private static ProducerConfig producer(Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(own);
        settings.put("bootstrap.servers", "127.0.0.1:1");
        settings.put("key.serializer", StringSerializer.class);
        settings.put("value.serializer", StringSerializer.class);
        return new ProducerConfig(settings);
    }

    private static ConsumerConfig consumer(Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(own);
        settings.put("bootstrap.servers", "127.0.0.1:1");
        settings.put("group.id", "shipments");
        settings.put("key.deserializer", StringDeserializer.class);
        settings.put("value.deserializer", StringDeserializer.class);
        return new ConsumerConfig(settings);
    }
}
