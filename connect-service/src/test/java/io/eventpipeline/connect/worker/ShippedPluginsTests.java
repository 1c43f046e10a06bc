package io.eventpipeline.connect.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.runtime.isolation.PluginDesc;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plugin folders that the build makes, as a worker finds them: by manifest only. */
class ShippedPluginsTests {

    private static final Path FOLDER = Path.of("../connect-plugins/target/plugins");

    private static Plugins plugins;

    @BeforeAll
    static void scan() {
        plugins =
                new Plugins(
                        Map.of(
                                "plugin.path",
                                FOLDER.toAbsolutePath().normalize().toString(),
                                "plugin.discovery",
                                "service_load"));
    }

    @Test
    void haveTheSources() {
        assertThat(plugins.sourceConnectors())
                .extracting(PluginDesc::className)
                .contains(
                        "io.debezium.connector.postgresql.PostgresConnector",
                        "io.eventpipeline.connect.hostmetrics.HostMetricsSourceConnector",
                        "org.apache.kafka.connect.file.FileStreamSourceConnector",
                        "org.apache.kafka.connect.mirror.MirrorCheckpointConnector",
                        "org.apache.kafka.connect.mirror.MirrorHeartbeatConnector",
                        "org.apache.kafka.connect.mirror.MirrorSourceConnector");
    }

    @Test
    void haveTheSinks() {
        assertThat(plugins.sinkConnectors())
                .extracting(PluginDesc::className)
                .contains(
                        "io.debezium.connector.jdbc.JdbcSinkConnector",
                        "io.eventpipeline.connect.http.HttpSinkConnector",
                        "org.apache.kafka.connect.file.FileStreamSinkConnector");
    }

    @Test
    void haveTheTransforms() {
        assertThat(plugins.transformations())
                .extracting(PluginDesc::className)
                .contains(
                        "io.eventpipeline.connect.transforms.CloudEventFromHeaders",
                        "io.eventpipeline.connect.transforms.CloudEventToHeaders",
                        "io.eventpipeline.connect.transforms.MaskFields$Key",
                        "io.eventpipeline.connect.transforms.MaskFields$Value",
                        "org.apache.kafka.connect.transforms.Cast$Value");
        assertThat(plugins.predicates())
                .extracting(PluginDesc::className)
                .contains("io.eventpipeline.connect.transforms.EventTypeMatches");
    }

    @Test
    void bringNoKafkaAndNoDriverButThatOfPostgresql() throws IOException {
        List<String> jars;
        try (Stream<Path> files = Files.walk(FOLDER)) {
            jars = files.map(file -> file.getFileName().toString()).toList();
        }

        assertThat(jars)
                .anyMatch(jar -> jar.startsWith("postgresql-"))
                .noneMatch(jar -> jar.matches("(kafka-|connect-(api|runtime)|slf4j-).*"))
                .noneMatch(jar -> jar.matches("(ojdbc|mysql-|mariadb-|mssql-).*"));
    }
}
