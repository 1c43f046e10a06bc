package io.eventpipeline.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.settings.PipelineProperties;
import io.eventpipeline.streams.failure.DeadLetters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What the service promises does not depend on what an operator sets. */
class StreamsSettingsTests {

    @Test
    void keepsInternalTopicsAsSafeAsTheOthers() {
        assertThat(config(3))
                .containsEntry("replication.factor", 3)
                .containsEntry("topic.min.insync.replicas", "2");
        assertThat(config(1))
                .containsEntry("replication.factor", 1)
                .containsEntry("topic.min.insync.replicas", "1");
    }

    @Test
    @DisplayName("E7 exactly once, whatever else is set")
    void processesExactlyOnceWhateverElseIsSet() {
        Properties config = new Properties();
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        apply(config, 1);

        assertThat(config).containsEntry("processing.guarantee", "exactly_once_v2");
    }

    @Test
    void isAcceptedByKafkaStreams() {
        Properties config = config(3);
        GroupSettings.applyInstance(config, GroupProtocol.CLASSIC, new HostInfo("streams-1", 8084));
        StreamsConfig accepted = new StreamsConfig(config);

        Map<String, Object> consumer = accepted.getMainConsumerConfigs("streams-dev", "client", 0);
        assertThat(consumer)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("group.instance.id", "streams-1-8084-0");
        assertThat(accepted.getRestoreConsumerConfigs("client"))
                .doesNotContainKey("group.instance.id");
        assertThat(accepted.getProducerConfigs("client"))
                .containsEntry("enable.idempotence", true)
                .containsEntry("compression.type", "lz4");
        assertThat(accepted.getString(StreamsConfig.APPLICATION_SERVER_CONFIG))
                .isEqualTo("streams-1:8084");
    }

    @Test
    void refusesTooLittleMemory() {
        assertThatThrownBy(() ->
                        new StreamsProperties(
                                Path.of("data"),
                                "localhost",
                                GroupProtocol.CLASSIC,
                                DataSize.ofMegabytes(7)))
                .hasMessageContaining("pipeline.streams.rocksdb-memory");
    }

    @Test
    @DisplayName("E7 a state.dir that cannot be written stops the start")
    void refusesAStateFolderThatCannotBeWritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> apply(new Properties(), 1, file.resolve("state")))
                .hasMessageContaining("pipeline.streams.state-dir")
                .hasMessageContaining(file.toString());
    }

    private static Properties config(int replicationFactor) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "streams-dev");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        apply(config, replicationFactor);
        return config;
    }

    private static void apply(Properties config, int replicationFactor) {
        apply(config, replicationFactor, Path.of("target", "state"));
    }

    private static void apply(Properties config, int replicationFactor, Path stateDir) {
        StreamsSettings.apply(
                config,
                new PipelineProperties("dev", replicationFactor, "127.0.0.1"),
                new StreamsProperties(
                        stateDir, "localhost", GroupProtocol.CLASSIC, DataSize.ofMegabytes(48)),
                new DeadLetters(new TopicCatalogue("dev"), new SimpleMeterRegistry()));
    }
}
