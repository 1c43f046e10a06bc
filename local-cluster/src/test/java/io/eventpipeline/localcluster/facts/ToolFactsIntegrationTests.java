package io.eventpipeline.localcluster.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.localcluster.facts.Tool.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kafka.admin.ConfigCommand;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.tools.ConsumerPerformance;
import org.apache.kafka.tools.GetOffsetShell;
import org.apache.kafka.tools.ProducerPerformance;
import org.apache.kafka.tools.TopicCommand;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;
import org.apache.kafka.tools.reassign.ReassignPartitionsCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Options and output of Kafka's command line tools, on the shared broker: a topic with three
 * records, of which a group has committed one.
 */
class ToolFactsIntegrationTests {

    private static final String TOPIC = "tool-facts";
    private static final String GROUP = "tool-facts-group";
    private static final String SERVERS = SharedCluster.kafka().bootstrapServers();

    @TempDir private Path folder;

    @BeforeAll
    static void threeRecordsOfWhichOneIsCommitted() throws Exception {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", SERVERS));
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", SERVERS),
                                new StringSerializer(),
                                new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            for (int i = 1; i <= 3; i++) {
                producer.send(new ProducerRecord<>(TOPIC, "alice", i + " pears"))
                        .get(60, TimeUnit.SECONDS);
            }
            admin.alterConsumerGroupOffsets(GROUP, Map.of(partition, new OffsetAndMetadata(1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void zooKeeperIsNoOption() {
        assertRefused(Tool.run(TopicCommand::main, "--zookeeper", SERVERS, "--list"), "zookeeper");
        assertRefused(
                Tool.run(
                        ReassignPartitionsCommand::main,
                        "--zookeeper",
                        SERVERS,
                        "--reassignment-json-file",
                        "moves.json",
                        "--execute"),
                "zookeeper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--later", "--alert"})
    void partitionsAreAddedByAlterAndNothingLikeIt(String typo) {
        assertRefused(topics(typo, "--topic", TOPIC, "--partitions", "1"), typo.substring(2));
    }

    @Test
    void topicsToolChangesNoSettings() {
        assertRefused(
                topics("--alter", "--topic", TOPIC, "--config", "retention.ms=1000"),
                "kafka-configs");
        assertThat(
                        onBroker(
                                ConfigCommand::main,
                                "--entity-type",
                                "topics",
                                "--entity-name",
                                TOPIC,
                                "--alter",
                                "--add-config",
                                "retention.ms=3600000"))
                .satisfies(result -> assertThat(result.exitCode()).isZero());
    }

    @Test
    void executeStartsTheReassignmentAndPrintsTheWayBack() throws Exception {
        Path moves = folder.resolve("moves.json");
        Files.writeString(
                moves,
                """
                {"version":1,"partitions":[{"topic":"%s","partition":0,"replicas":[1]}]}
                """
                        .formatted(TOPIC));

        Result result =
                onBroker(
                        ReassignPartitionsCommand::main,
                        "--reassignment-json-file",
                        moves.toString(),
                        "--execute");

        assertThat(result.output())
                .contains("Current partition replica assignment")
                .contains("during rollback")
                .contains("Successfully started partition reassignment");
    }

    @Test
    void lagIsLogEndOffsetMinusCurrentOffset() {
        Result result = groups(GROUP, "--describe");

        assertThat(result.output())
                .containsPattern("GROUP +TOPIC +PARTITION +CURRENT-OFFSET +LOG-END-OFFSET +LAG")
                .containsPattern(GROUP + " +" + TOPIC + " +0 +1 +3 +2");
    }

    @Test
    void currentIsWhatTheGroupHasCommitted() {
        assertThat(reset("--to-current").output()).containsPattern(TOPIC + " +0 +1");
        assertThat(reset("--to-latest").output()).containsPattern(TOPIC + " +0 +3");
        assertThat(reset("--to-earliest").output()).containsPattern(TOPIC + " +0 +0");
        assertRefused(reset("--to-ealiest"), "to-ealiest");
    }

    @Test
    void dateHasColonsBetweenHoursMinutesAndSeconds() {
        assertThat(reset("--to-datetime", "2026-01-31T10:30:00.000").output())
                .containsPattern(TOPIC + " +0 +0");
        assertThat(reset("--to-datetime", "2026-01-31T10:3000.000").output())
                .contains("Unparseable date");
    }

    @Test
    void offsetsOfOneTopicCanBeDeletedThoughTheGroupCannot() {
        String group = "tool-facts-forgetful-group";
        groups(group, "--reset-offsets", "--topic", TOPIC, "--to-latest", "--execute");

        assertRefused(groups(group, "--delete", "--topic", TOPIC), "topic");
        assertThat(groups(group, "--delete-offsets", "--topic", TOPIC).output())
                .contains("Request succeeded for deleting offsets");
    }

    @Test
    void offsetsToolHasAnotherNameAndOption() {
        assertThat(Classes.exists("kafka.tools.GetOffsetShell")).isFalse();
        assertThat(onBroker(GetOffsetShell::main, "--topic", TOPIC).output())
                .contains(TOPIC + ":0:3");
        assertRefused(
                Tool.run(GetOffsetShell::main, "--broker-list", SERVERS, "--topic", TOPIC),
                "broker-list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--property", "--formatter-property"})
    void olderPropertyOptionStillWorksButIsDeprecated(String option) {
        Result result =
                onBroker(
                        ConsoleConsumer::main,
                        "--topic",
                        TOPIC,
                        "--partition",
                        "0",
                        "--offset",
                        "earliest",
                        "--max-messages",
                        "1",
                        option,
                        "print.key=true");

        assertThat(result.output()).contains("alice\t1 pears");
        assertThat(result.output().contains("deprecated")).isEqualTo(option.equals("--property"));
    }

    @Test
    void performanceToolsDeprecateProducerPropsAndMessages() {
        assertThat(
                        Tool.run(ProducerPerformance::main, "--help").output()
                                + Tool.run(ConsumerPerformance::main, "--help").output())
                .containsPattern("--bootstrap-server")
                .containsPattern("--command-property")
                .containsPattern("--num-records")
                .containsPattern("(?s)--producer-props.{0,200}DEPRECATED")
                .containsPattern("(?s)--messages.{0,200}DEPRECATED");
    }

    private static Result topics(String... arguments) {
        return onBroker(TopicCommand::main, arguments);
    }

    private static Result groups(String group, String... arguments) {
        return onBroker(
                ConsumerGroupCommand::main, concat(new String[] {"--group", group}, arguments));
    }

    private static Result reset(String... to) {
        return groups(
                GROUP, concat(new String[] {"--reset-offsets", "--dry-run", "--topic", TOPIC}, to));
    }

    private static Result onBroker(Tool.Main tool, String... arguments) {
        return Tool.run(tool, concat(new String[] {"--bootstrap-server", SERVERS}, arguments));
    }

    private static String[] concat(String[] first, String[] second) {
        return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
    }

    private static void assertRefused(Result result, String reason) {
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains(reason);
    }
}
