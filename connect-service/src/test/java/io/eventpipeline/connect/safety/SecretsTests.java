package io.eventpipeline.connect.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are hidden by name, by type and inside of URLs; what was hidden can be given back. */
class SecretsTests {

    private static final String PLACEHOLDER = "${file:/run/secrets/shop.properties:password}";

    private final Secrets secrets = new Secrets(TestSafety.defaults());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection.password",
                "database.PASSWORD",
                "client_secret",
                "sasl.jaas.config",
                "http.headers.authorization",
                "aws.access.key",
                "basic.auth.user.info",
                "ssl.keystore.key"
            })
    void hidesByName(String name) {
        assertThat(secrets.mask(name, "s3cret", Set.of())).isEqualTo("[hidden]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.converter", "primary.key.fields", "topics", "transforms", "file"})
    void showsWhatIsNoSecret(String name) {
        assertThat(secrets.mask(name, "orders", Set.of())).isEqualTo("orders");
    }

    @Test
    void hidesByType() {
        assertThat(secrets.mask("pin", "s3cret", Set.of("pin"))).isEqualTo("[hidden]");
    }

    @Test
    void showsPlaceholders() {
        assertThat(secrets.mask("password", PLACEHOLDER, Set.of("password")))
                .isEqualTo(PLACEHOLDER);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/shop?user=ann&password=s3cret,"
                + " jdbc:postgresql://db/shop?user=ann&password=[hidden]",
        "https://ann:s3cret@search/_bulk, https://ann:[hidden]@search/_bulk",
        "https://db/${env:CONNECT_X}?token=${env:CONNECT_T},"
                + " https://db/${env:CONNECT_X}?token=${env:CONNECT_T}",
        "http://db:5432/shop, http://db:5432/shop"
    })
    void hidesCredentialsInsideOfAValue(String value, String shown) {
        assertThat(secrets.mask("connection.url", value, Set.of())).isEqualTo(shown);
    }

    @Test
    void keepsWhatIsStoredWhereTheMaskComesBack() {
        Map<String, String> stored =
                Map.of("password", "s3cret", "url", "https://ann:s3cret@search", "topics", "a");
        Map<String, String> shown = new HashMap<>(secrets.mask(stored, Set.of()));
        shown.put("topics", "b");

        assertThat(secrets.unmask(shown, stored, Set.of()))
                .isEqualTo(
                        Map.of(
                                "password",
                                "s3cret",
                                "url",
                                "https://ann:s3cret@search",
                                "topics",
                                "b"));
    }

    @Test
    void refusesAMaskThatStandsForNothing() {
        assertThatThrownBy(() ->
                        secrets.unmask(
                                Map.of("password", "[hidden]"),
                                Map.of("other.password", "s3cret"),
                                Set.of()))
                .hasMessageContaining("'password'");
        assertThatThrownBy(() ->
                        secrets.unmask(
                                Map.of("url", "https://ann:[hidden]@elsewhere"),
                                Map.of("url", "https://ann:s3cret@search"),
                                Set.of()))
                .hasMessageContaining("'url'");
    }

    @Test
    void knowsTheValuesBehindPlaceholders() {
        Map<String, String> config =
                Map.of("url", "https://" + PLACEHOLDER + "/x", "token", "t0ken", "pin", "1");

        assertThat(
                        secrets.valuesOf(
                                config, Set.of("pin"), given -> Map.of(PLACEHOLDER, "long-s3cret")))
                .containsExactly("long-s3cret", "t0ken");
    }

    @Test
    void takesValuesOutOfATrace() {
        assertThat(Secrets.scrub("no such file: /a/s3cret/b", List.of("s3cret")))
                .isEqualTo("no such file: /a/[hidden]/b");
    }
}
