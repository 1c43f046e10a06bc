package io.eventpipeline.connect.safety;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a client of Kafka Connect's REST API may not do and may not see.
 *
 * @param allowedConnectors connector classes that may run, by full name; {@code *} at the end
 *     stands for any rest. Another one is refused with 400
 * @param clientOverrides settings of Kafka clients that a connector may set for its own with {@code
 *     producer.override.}, {@code consumer.override.} and {@code admin.override.}; empty for none
 * @param environmentVariables regular expression of the environment variables that a connector's
 *     settings may refer to as {@code ${env:NAME}}
 * @param secretNames words by which a setting is known for a secret, which no answer shows: one
 *     that has such a word in its name, in either case and without regard to dots, dashes and
 *     underscores. Values of the type password are never shown
 */
@Validated
@ConfigurationProperties("pipeline.connect.safety")
public record SafetyProperties(
        @NotNull
                @DefaultValue({
                    "org.apache.kafka.connect.file.*",
                    "org.apache.kafka.connect.mirror.*",
                    "io.debezium.connector.postgresql.*",
                    "io.debezium.connector.jdbc.*",
                    "io.eventpipeline.connect.*"
                })
                List<String> allowedConnectors,
        @NotNull @DefaultValue List<String> clientOverrides,
        @NotNull @DefaultValue("CONNECT_.*") String environmentVariables,
        @NotNull
                @DefaultValue({
                    "password",
                    "passwd",
                    "passphrase",
                    "secret",
                    "token",
                    "credential",
                    "jaas",
                    "authorization",
                    "apikey",
                    "accesskey",
                    "privatekey",
                    "userinfo",
                    "keystorekey"
                })
                List<String> secretNames) {

    public SafetyProperties {
        requirePattern("environment-variables", environmentVariables);
        for (String allowed : allowedConnectors) {
            int star = allowed.indexOf('*');
            if (allowed.isBlank() || (star >= 0 && star < allowed.length() - 1)) {
                throw new IllegalArgumentException(
                        "pipeline.connect.safety.allowed-connectors: '%s' is neither a class name nor the beginning of one with * at its end"
                                .formatted(allowed));
            }
        }
    }

    private static void requirePattern(String property, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "pipeline.connect.safety.%s is no regular expression: %s"
                            .formatted(property, e.getMessage()),
                    e);
        }
    }

    /** Whether a connector of this class may run. */
    boolean allows(String connectorClass) {
        return allowedConnectors.stream()
                .anyMatch(allowed ->
                        allowed.endsWith("*")
                                ? connectorClass.startsWith(
                                        allowed.substring(0, allowed.length() - 1))
                                : allowed.equals(connectorClass));
    }
}
