package io.eventpipeline.starter.tracing;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps Boot's tracing out where it is off, so that it costs no bean, no thread and no handler on
 * the way of a request. Made by Spring, so it has a public constructor without parameters.
 */
public final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String TRACING = "org.springframework.boot.micrometer.tracing.";
    private static final String OPEN_TELEMETRY = "org.springframework.boot.opentelemetry.";
    private static final String LOGS = OPEN_TELEMETRY + "autoconfigure.logging.";

    private @Nullable Environment environment;

    /** Made by Spring. */
    public TracingSwitch() {}

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean on = environment != null && TracingProperties.endpointOf(environment) != null;
        boolean[] matches = new boolean[classes.length];
        // Logs stay where they are: sending them as well is nobody's wish.
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            matches[i] = name == null || !isTracing(name) || (on && !name.startsWith(LOGS));
        }
        return matches;
    }

    private static boolean isTracing(String name) {
        return name.startsWith(TRACING) || name.startsWith(OPEN_TELEMETRY);
    }
}
