package io.eventpipeline.starter.settings;

import io.eventpipeline.starter.tracing.TracingProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Puts {@code pipeline-defaults.yml} below all other property sources. An import from a service's
 * {@code application.yml} would not do: what is imported wins over the file that imports it.
 */
final class PipelineDefaultsPostProcessor implements EnvironmentPostProcessor {

    private static final String FILE = "pipeline-defaults.yml";

    /**
     * What the one setting for tracing means for Boot; without it, log lines have no room for ids.
     */
    private static PropertySource<?> tracing(ConfigurableEnvironment environment) {
        String endpoint = TracingProperties.endpointOf(environment);
        return new MapPropertySource(
                "pipelineTracing",
                endpoint == null
                        ? Map.of("management.tracing.export.enabled", false)
                        : Map.of(
                                "management.opentelemetry.tracing.export.otlp.endpoint", endpoint));
    }

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        try {
            environment.getPropertySources().addLast(tracing(environment));
            new YamlPropertySourceLoader()
                    .load(FILE, new ClassPathResource(FILE))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE + " from the class path", e);
        }
    }
}
