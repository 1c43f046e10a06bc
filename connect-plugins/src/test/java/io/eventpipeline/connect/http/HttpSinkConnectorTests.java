package io.eventpipeline.connect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connector is found by its manifest, and refuses wrong settings by name. */
class HttpSinkConnectorTests {

    private static final String URL = "http://shop.example/events";

    private final HttpSinkConnector connector = new HttpSinkConnector();

    @Test
    void isFoundByItsManifest() {
        assertThat(ServiceLoader.load(SinkConnector.class))
                .hasAtLeastOneElementOfType(HttpSinkConnector.class);
    }

    @Test
    void hasAsManyTasksAsAreAllowed() {
        connector.start(Map.of("http.url", URL));

        assertThat(connector.taskConfigs(3)).hasSize(3).containsOnly(Map.of("http.url", URL));
        assertThat(connector.version()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "http.url,                ftp://shop.example/",
        "http.url,                /events",
        "http.url,                http://alice:sesame@shop.example/",
        "batch.format,            xml",
        "batch.max.records,       0",
        "http.authentication,     digest",
        "http.request.timeout.ms, 0",
        "retry.max,               -2",
    })
    void refusesAWrongValueByName(String property, String value) {
        Map<String, String> settings =
                property.equals("http.url")
                        ? Map.of(property, value)
                        : Map.of("http.url", URL, property, value);

        assertThatThrownBy(() -> connector.start(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(property)
                .message()
                .doesNotContain("sesame");
    }

    @Test
    void needsTheCredentialsOfItsAuthentication() {
        assertThatThrownBy(() ->
                        connector.start(Map.of("http.url", URL, "http.authentication", "bearer")))
                .hasMessageContaining("http.token");
        assertThatThrownBy(() ->
                        connector.start(
                                Map.of(
                                        "http.url",
                                        URL,
                                        "http.authentication",
                                        "basic",
                                        "http.user",
                                        "alice")))
                .hasMessageContaining("http.password");
    }

    @Test
    void keepsSecretsOutOfWhatIsShown() {
        HttpSinkConfig config =
                new HttpSinkConfig(
                        Map.of(
                                "http.url",
                                URL,
                                "http.authentication",
                                "bearer",
                                "http.token",
                                "t0ken"));

        assertThat(config.values().toString()).contains("http.token").doesNotContain("t0ken");
    }
}
