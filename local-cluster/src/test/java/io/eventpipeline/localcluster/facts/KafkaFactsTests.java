package io.eventpipeline.localcluster.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, defaults and classes of the broker, read from Kafka's own definitions. */
class KafkaFactsTests {

    private static final ConfigDef BROKER = AbstractKafkaConfig.CONFIG_DEF;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zookeeper.connect",
                "zookeeper.connection.timeout.ms",
                "advertised.host.name",
                "advertised.port",
                "host.name",
                "port",
                "replica.lag.max.messages",
                "leader.imbalance.per.broker.percentage",
                "allow.auto.create.topics",
                "log.message.timestamp.difference.max.ms"
            })
    void brokerKnowsNoSuchSetting(String name) {
        assertThat(BROKER.names()).doesNotContain(name);
    }

    @Test
    void brokerKnowsTheirSuccessors() {
        assertThat(BROKER.names())
                .contains(
                        "process.roles",
                        "node.id",
                        "controller.listener.names",
                        "controller.quorum.voters",
                        "controller.quorum.bootstrap.servers",
                        "advertised.listeners",
                        "auto.create.topics.enable",
                        "replica.selector.class",
                        "log.message.timestamp.after.max.ms");
    }

    @Test
    void brokerDefaultsAreThoseOfToday() {
        assertThat(BROKER.defaultValues())
                .containsEntry("message.max.bytes", 1024 * 1024 + 12)
                .containsEntry("replica.lag.time.max.ms", 30_000L)
                .containsEntry("auto.leader.rebalance.enable", true)
                .containsEntry("leader.imbalance.check.interval.seconds", 300L)
                .containsEntry("log.message.timestamp.after.max.ms", 3_600_000L)
                .containsEntry("offsets.topic.replication.factor", (short) 3)
                .containsEntry("transaction.state.log.replication.factor", (short) 3)
                .containsEntry("group.consumer.session.timeout.ms", 45_000)
                .containsEntry("group.consumer.assignors", java.util.List.of("uniform", "range"));
    }

    @Test
    void zooKeeperIsGone() {
        assertThat(Classes.exists("kafka.server.KafkaRaftServer")).isTrue();
        assertThat(Classes.exists("kafka.server.KafkaServer")).isFalse();
        assertThat(Classes.exists("kafka.zk.KafkaZkClient")).isFalse();
        assertThatThrownBy(() -> KafkaConfig.fromProps(properties("zookeeper.connect", "zk:2181")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("process.roles");
    }

    @Test
    void brokerIdIsAnotherNameOfNodeId() {
        Properties settings = combined();
        settings.remove("node.id");
        settings.put("broker.id", "7");

        assertThat(KafkaConfig.fromProps(settings).nodeId()).isEqualTo(7);

        settings.put("node.id", "8");
        assertThatThrownBy(() -> KafkaConfig.fromProps(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("node.id");
    }

    @Test
    void storageMustBeFormattedBeforeTheFirstStart() {
        KafkaConfig config = KafkaConfig.fromProps(combined());

        assertThatThrownBy(() -> new KafkaRaftServer(config, Time.SYSTEM))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("meta.properties");
    }

    @Test
    void segmentHasAtLeastOneMebibyte() {
        Properties settings = combined();
        settings.put("log.segment.bytes", "1048575");

        assertThatThrownBy(() -> KafkaConfig.fromProps(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at least 1048576");
        assertThatThrownBy(() -> new LogConfig(Map.of("segment.bytes", 1_048_575)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at least 1048576");
    }

    @Test
    void brokersAndConnectNeedJava17AndClientsJava11() throws Exception {
        assertThat(Classes.javaOf("kafka.server.KafkaRaftServer")).isEqualTo(17);
        assertThat(Classes.javaOf("org.apache.kafka.connect.cli.ConnectDistributed")).isEqualTo(17);
        assertThat(Classes.javaOf("org.apache.kafka.tools.TopicCommand")).isEqualTo(17);
        assertThat(Classes.javaOf("org.apache.kafka.clients.producer.KafkaProducer")).isEqualTo(11);
        assertThat(Classes.javaOf("org.apache.kafka.streams.KafkaStreams")).isEqualTo(11);
    }

    @Test
    void brokerIsBuiltForScala213AndLogsByLog4j2() {
        assertThat(scala.util.Properties.versionNumberString()).startsWith("2.13.");
        assertThat(Classes.exists("org.apache.kafka.server.logger.Log4jCoreController")).isTrue();
        assertThat(Classes.exists("org.apache.log4j.Logger")).isFalse();
    }

    private Properties combined() {
        Properties settings = properties("process.roles", "broker,controller");
        settings.put("node.id", "7");
        settings.put("controller.quorum.voters", "7@127.0.0.1:9093");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093");
        settings.put("log.dirs", folder.toString());
        return settings;
    }

    private static Properties properties(String key, String value) {
        Properties settings = new Properties();
        settings.put(key, value);
        return settings;
    }
}
