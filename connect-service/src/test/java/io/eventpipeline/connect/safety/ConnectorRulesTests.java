package io.eventpipeline.connect.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only connectors of the list run, and none brings a way round the worker's own checks. */
class ConnectorRulesTests {

    private static final String MIRROR = "org.apache.kafka.connect.mirror.MirrorSourceConnector";

    @TempDir private Path files;
    private ConnectorRules rules;

    @BeforeEach
    void make() {
        rules = new ConnectorRules(TestSafety.defaults(), new FileFolder(files));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MIRROR,
                "io.debezium.connector.postgresql.PostgresConnector",
                "io.debezium.connector.jdbc.JdbcSinkConnector",
                "io.eventpipeline.connect.hostmetrics.HostMetricsSourceConnector"
            })
    void allowsWhatComesWithTheSuite(String connector) {
        assertThat(rules.refusalsOf(connector, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.connect.tools.VerifiableSourceConnector",
                "com.example.FileReader",
                "org.apache.kafka.connect.fileother.X",
                "io.debezium.connector.jdbcx.Y"
            })
    void refusesAnyOther(String connector) {
        assertThat(rules.refusalsOf(connector, Map.of()))
                .singleElement()
                .asString()
                .contains(connector, "pipeline.connect.safety.allowed-connectors");
    }

    @ParameterizedTest
    @CsvSource({
        "config.providers, file",
        "source.cluster.config.providers, file",
        "target.cluster.config.providers.file.class,"
                + " org.apache.kafka.common.config.provider.FileConfigProvider",
        "source.cluster.sasl.jaas.config, com.sun.security.auth.module.JndiLoginModule required;",
        "admin.sasl.jaas.config, com.sun.security.auth.module.LdapLoginModule required;"
    })
    void refusesAWayRound(String name, String value) {
        assertThat(rules.refusalsOf(MIRROR, Map.of(name, value)))
                .singleElement()
                .asString()
                .contains("'" + name + "'")
                .doesNotContain(value);
    }
}
