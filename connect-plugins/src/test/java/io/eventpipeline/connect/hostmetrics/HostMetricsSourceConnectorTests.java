package io.eventpipeline.connect.hostmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connector is found by its manifest, refuses wrong settings by name, and has one task. */
class HostMetricsSourceConnectorTests {

    private final HostMetricsSourceConnector connector = new HostMetricsSourceConnector();

    @Test
    void isFoundByItsManifest() {
        assertThat(ServiceLoader.load(SourceConnector.class))
                .hasAtLeastOneElementOfType(HostMetricsSourceConnector.class);
    }

    @Test
    void hasOneTaskHoweverManyAreAllowed() {
        Map<String, String> properties = Map.of("topic", "measurements");
        connector.start(properties);

        assertThat(connector.taskConfigs(8)).containsExactly(properties);
        assertThat(connector.version()).isNotBlank();
    }

    @Test
    void supportsExactlyOnce() {
        assertThat(connector.exactlyOnceSupport(Map.of("topic", "measurements")))
                .isEqualTo(ExactlyOnceSupport.SUPPORTED);
    }

    @Test
    void needsATopic() {
        assertThat(errors(Map.of(), "topic")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "topic,       'has a space'",
        "topic,       ..",
        "interval.ms, 99",
        "interval.ms, 3600001",
        "interval.ms, soon",
        "host,        ' '",
    })
    void refusesAWrongValue(String property, String value) {
        assertThat(errors(Map.of(property, value), property))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error).contains(property));
    }

    @Test
    void acceptsTheOffsetsThatItWrites() {
        assertThat(
                        connector.alterOffsets(
                                Map.of(),
                                Map.of(Map.of("host", "web-1"), Map.of("measuredAt", 1L))))
                .isTrue();
        assertThat(
                        connector.alterOffsets(
                                Map.of(), Collections.singletonMap(Map.of("host", "web-1"), null)))
                .isTrue();
    }

    @Test
    void refusesForeignOffsets() {
        assertThatThrownBy(() ->
                        connector.alterOffsets(
                                Map.of(), Map.of(Map.of("host", "web-1"), Map.of("position", 1L))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("measuredAt");
        assertThatThrownBy(() ->
                        connector.alterOffsets(
                                Map.of(), Map.of(Map.of("file", "x"), Map.of("measuredAt", 1L))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("host");
    }

    private List<String> errors(Map<String, String> properties, String property) {
        return connector.validate(properties).configValues().stream()
                .filter(value -> value.name().equals(property))
                .map(ConfigValue::errorMessages)
                .findFirst()
                .orElseThrow();
    }
}
