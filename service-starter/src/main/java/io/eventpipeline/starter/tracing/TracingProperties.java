package io.eventpipeline.starter.tracing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
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
     * Checks the endpoint.
     *
     * @throws IllegalArgumentException if nothing can be sent there
     */
    public TracingProperties {
        if (endpoint != null && endpoint.toString().isBlank()) {
            endpoint = null;
        }
        if (endpoint != null && !endpoint.toString().matches("https?://.+")) {
            throw new IllegalArgumentException(
                    ENDPOINT + " is '" + endpoint + "', which is no address of HTTP");
        }
    }

    /** The endpoint before anything is bound; null if nothing is to be traced. */
    public static @Nullable String endpointOf(Environment environment) {
        String endpoint = environment.getProperty(ENDPOINT);
        return endpoint == null || endpoint.isBlank() ? null : endpoint;
    }
}
