package io.eventpipeline.starter.tracing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Whether requests and records are traced.
 *
 * @param endpoint where spans are sent by OTLP over HTTP, such as {@code
 *     http://localhost:4318/v1/traces}. Without it nothing is traced, and a {@code traceparent} is
 *     only handed on. How many of the traces that begin here are sampled says {@code
 *     management.tracing.sampling.probability} (0.1); those that began elsewhere are sampled as
 *     their sender says
 */
@ConfigurationProperties("pipeline.tracing")
public record TracingProperties(@Nullable URI endpoint) {

    private static final String ENDPOINT = "pipeline.tracing.endpoint";

    /**
     * The endpoint before anything is bound; null if nothing is to be traced.
     *
     * @throws InvalidConfigurationPropertyValueException if nothing can be sent there
     */
    public static @Nullable String endpointOf(Environment environment) {
        String endpoint = environment.getProperty(ENDPOINT);
        if (endpoint == null || endpoint.isBlank()) {
            return null;
        }
        if (!endpoint.matches("https?://.+")) {
            throw new InvalidConfigurationPropertyValueException(
                    ENDPOINT, endpoint, "It has to begin with http:// or https://");
        }
        return endpoint;
    }
}
