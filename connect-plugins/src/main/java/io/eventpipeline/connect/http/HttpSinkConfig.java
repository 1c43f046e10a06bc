package io.eventpipeline.connect.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The connector's own settings, next to those that Kafka Connect knows for every sink. */
final class HttpSinkConfig extends AbstractConfig {

    static final String URL = "http.url";
    static final String HEADER_PREFIX = "http.header.";
    static final String AUTHENTICATION = "http.authentication";
    static final String USER = "http.user";
    static final String PASSWORD = "http.password";
    static final String TOKEN = "http.token";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String REQUEST_TIMEOUT = "http.request.timeout.ms";
    static final String FORMAT = "batch.format";
    static final String MAX_RECORDS = "batch.max.records";
    static final String MAX_BYTES = "batch.max.bytes";
    static final String BULK_INDEX = "bulk.index";
    static final String MAX_RETRIES = "retry.max";
    static final String FIRST_PAUSE = "retry.backoff.ms";
    static final String LONGEST_PAUSE = "retry.backoff.max.ms";

    private static final Set<String> SCHEMES = Set.of("http", "https");

    HttpSinkConfig(Map<String, String> properties) {
        super(definition(), properties);
        requireCredentials();
    }

    static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        URL,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(
                                HttpSinkConfig::requireAddress, () -> "an http or https address"),
                        Importance.HIGH,
                        "The address that batches are posted to. More headers of a request are"
                                + " given as http.header.<name>.")
                .define(
                        FORMAT,
                        ConfigDef.Type.STRING,
                        "json-array",
                        CaseInsensitiveValidString.in(
                                Arrays.stream(BatchFormat.values())
                                        .map(BatchFormat::settingName)
                                        .toArray(String[]::new)),
                        Importance.HIGH,
                        "The form of a request's body: json-array, ndjson (one value a line), or"
                                + " bulk (the bulk API of Elasticsearch and OpenSearch, by the"
                                + " record's key or, without one, by its place in Kafka).")
                .define(
                        BULK_INDEX,
                        ConfigDef.Type.STRING,
                        "${topic}",
                        Importance.MEDIUM,
                        "Format bulk only: the index. ${topic} stands for the record's topic;"
                                + " letters become lower case.")
                .define(
                        MAX_RECORDS,
                        ConfigDef.Type.INT,
                        500,
                        Range.between(1, 100_000),
                        Importance.MEDIUM,
                        "How many records a request has at most.")
                .define(
                        MAX_BYTES,
                        ConfigDef.Type.INT,
                        1_048_576,
                        Range.atLeast(1),
                        Importance.MEDIUM,
                        "How many bytes of values a request has at most; a larger record is sent"
                                + " alone.")
                .define(
                        AUTHENTICATION,
                        ConfigDef.Type.STRING,
                        "none",
                        CaseInsensitiveValidString.in("none", "basic", "bearer"),
                        Importance.MEDIUM,
                        "Who the requests come from: none, basic (http.user, http.password) or"
                                + " bearer (http.token).")
                .define(
                        USER,
                        ConfigDef.Type.STRING,
                        null,
                        Importance.MEDIUM,
                        "User of basic authentication.")
                .define(
                        PASSWORD,
                        ConfigDef.Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "Password of basic authentication.")
                .define(
                        TOKEN,
                        ConfigDef.Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "Token of bearer authentication (RFC 6750).")
                .define(
                        CONNECT_TIMEOUT,
                        ConfigDef.Type.INT,
                        5_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Milliseconds that a connection may take.")
                .define(
                        REQUEST_TIMEOUT,
                        ConfigDef.Type.INT,
                        30_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Milliseconds that the answer to a request may take.")
                .define(
                        MAX_RETRIES,
                        ConfigDef.Type.INT,
                        10,
                        Range.atLeast(-1),
                        Importance.LOW,
                        "How often a batch is sent again, after a failure that may pass, before the"
                                + " task fails; -1 for no limit.")
                .define(
                        FIRST_PAUSE,
                        ConfigDef.Type.LONG,
                        500L,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Milliseconds before a batch is sent again; each further pause is twice as"
                                + " long. A longer Retry-After of the answer counts instead.")
                .define(
                        LONGEST_PAUSE,
                        ConfigDef.Type.LONG,
                        30_000L,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Milliseconds that a pause grows to, Retry-After included.");
    }

    URI url() {
        return URI.create(getString(URL));
    }

    BatchFormat format() {
        return BatchFormat.named(getString(FORMAT));
    }

    String bulkIndex() {
        return getString(BULK_INDEX);
    }

    int maxRecords() {
        return getInt(MAX_RECORDS);
    }

    int maxBytes() {
        return getInt(MAX_BYTES);
    }

    Duration connectTimeout() {
        return Duration.ofMillis(getInt(CONNECT_TIMEOUT));
    }

    Duration requestTimeout() {
        return Duration.ofMillis(getInt(REQUEST_TIMEOUT));
    }

    RetrySchedule retries() {
        return new RetrySchedule(
                getInt(MAX_RETRIES),
                Duration.ofMillis(getLong(FIRST_PAUSE)),
                Duration.ofMillis(getLong(LONGEST_PAUSE)));
    }

    /** The headers of every request, that of the authentication among them. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        originalsWithPrefix(HEADER_PREFIX)
                .forEach((name, value) -> headers.put(name, String.valueOf(value)));
        authorization().ifPresent(value -> headers.put("Authorization", value));
        return headers;
    }

    private Optional<String> authorization() {
        return switch (getString(AUTHENTICATION).toLowerCase(Locale.ROOT)) {
            case "basic" ->
                    Optional.of("Basic " + base64(getString(USER) + ":" + secret(PASSWORD)));
            case "bearer" -> Optional.of("Bearer " + secret(TOKEN));
            default -> Optional.empty();
        };
    }

    private void requireCredentials() {
        switch (getString(AUTHENTICATION).toLowerCase(Locale.ROOT)) {
            case "basic" -> {
                require(USER, getString(USER));
                require(PASSWORD, getPassword(PASSWORD));
            }
            case "bearer" -> require(TOKEN, getPassword(TOKEN));
            default -> {
                // No credentials are used.
            }
        }
    }

    private void require(String property, @Nullable Object value) {
        if (value == null) {
            throw new ConfigException(
                    "%s is missing, which %s=%s needs"
                            .formatted(property, AUTHENTICATION, getString(AUTHENTICATION)));
        }
    }

    private String secret(String property) {
        Password password = Objects.requireNonNull(getPassword(property), property);
        return password.value();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void requireAddress(String property, @Nullable Object value) {
        if (!(value instanceof String text)) {
            // A missing value is reported by Kafka Connect itself.
            return;
        }
        try {
            URI address = URI.create(text);
            if (address.getHost() == null
                    || !SCHEMES.contains(address.getScheme().toLowerCase(Locale.ROOT))) {
                throw new ConfigException(property, text, "must be an http or https address");
            }
            if (address.getUserInfo() != null) {
                // Everyone who may read the connector's settings would read it.
                throw new ConfigException(
                        property, "[hidden]", "must hold no password; use " + AUTHENTICATION);
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(property, text, e.getMessage());
        }
    }
}
