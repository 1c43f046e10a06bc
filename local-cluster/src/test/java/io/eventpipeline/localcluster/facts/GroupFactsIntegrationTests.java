package io.eventpipeline.localcluster.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who of a group's members works, and what a rebalance takes away, on the shared broker. */
class GroupFactsIntegrationTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String SERVERS = SharedCluster.kafka().bootstrapServers();

    @Test
    void memberBeyondThePartitionsIdlesInAnOrdinaryGroup() throws Exception {
        create("group-facts-ordinary", 1);
        try (KafkaConsumer<String, String> first = consumer("group-facts-ordinary", "consumer");
                KafkaConsumer<String, String> second =
                        consumer("group-facts-ordinary", "consumer");
                Admin admin = admin()) {
            first.subscribe(List.of("group-facts-ordinary"));
            second.subscribe(List.of("group-facts-ordinary"));

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> {
                        first.poll(POLL);
                        second.poll(POLL);
                        assertThat(members(admin)).isEqualTo(2);
                        assertThat(first.assignment().size() + second.assignment().size())
                                .isEqualTo(1);
                    });
        }
    }

    @Test
    void membersOfAShareGroupWorkOnOnePartitionTogether() throws Exception {
        create("group-facts-share", 1);
        try (KafkaShareConsumer<String, String> first = shareConsumer();
                KafkaShareConsumer<String, String> second = shareConsumer();
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", SERVERS),
                                new StringSerializer(),
                                new StringSerializer());
                Admin admin = admin()) {
            get(
                    admin.incrementalAlterConfigs(
                                    Map.of(
                                            new ConfigResource(
                                                    ConfigResource.Type.GROUP, "group-facts-share"),
                                            List.of(
                                                    new AlterConfigOp(
                                                            new ConfigEntry(
                                                                    "share.auto.offset.reset",
                                                                    "earliest"),
                                                            AlterConfigOp.OpType.SET))))
                            .all());
            first.subscribe(List.of("group-facts-share"));
            second.subscribe(List.of("group-facts-share"));
            List<Integer> received = new ArrayList<>(List.of(0, 0));

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> {
                        get(
                                producer.send(
                                        new ProducerRecord<>(
                                                "group-facts-share", "alice", "1 pear")));
                        received.set(0, received.get(0) + first.poll(POLL).count());
                        received.set(1, received.get(1) + second.poll(POLL).count());
                        assertThat(received).allMatch(count -> count > 0);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({"classic, 4", "consumer, 2"})
    void rebalanceTakesEverythingByDefaultAndOnlyWhatMovesInTheNewProtocol(
            String protocol, int taken) throws Exception {
        String topic = "group-facts-rebalance-" + protocol;
        create(topic, 4);
        Set<TopicPartition> revoked = new HashSet<>();
        try (KafkaConsumer<String, String> first = consumer(topic, protocol);
                KafkaConsumer<String, String> second = consumer(topic, protocol)) {
            first.subscribe(List.of(topic), collectingRevoked(revoked));
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> {
                        first.poll(POLL);
                        assertThat(first.assignment()).hasSize(4);
                    });

            second.subscribe(List.of(topic));
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> {
                        first.poll(POLL);
                        second.poll(POLL);
                        assertThat(second.assignment()).hasSize(2);
                    });

            assertThat(revoked).containsAll(second.assignment()).hasSize(taken);
        }
    }

    private static int members(Admin admin) throws Exception {
        return get(admin.describeConsumerGroups(List.of("group-facts-ordinary")).all())
                .values()
                .stream()
                .mapToInt(group -> group.members().size())
                .sum();
    }

    private static ConsumerRebalanceListener collectingRevoked(Set<TopicPartition> revoked) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                revoked.addAll(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        };
    }

    private static KafkaConsumer<String, String> consumer(String group, String protocol) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", SERVERS, "group.id", group, "group.protocol", protocol),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static KafkaShareConsumer<String, String> shareConsumer() {
        return new KafkaShareConsumer<>(
                Map.of("bootstrap.servers", SERVERS, "group.id", "group-facts-share"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static void create(String topic, int partitions) throws Exception {
        try (Admin admin = admin()) {
            get(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all());
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", SERVERS));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
