package io.eventpipeline.starter.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

/** One setting brings in all of Boot's tracing, and without it none of it is there. */
class TracingSwitchTests {

    private static final String[] CANDIDATES =
            ImportCandidates.load(
                            AutoConfiguration.class, TracingSwitchTests.class.getClassLoader())
                    .getCandidates()
                    .toArray(String[]::new);

    private static long kept(MockEnvironment environment, String part) {
        TracingSwitch filter = new TracingSwitch();
        filter.setEnvironment(environment);
        boolean[] matches = filter.match(CANDIDATES, mock(AutoConfigurationMetadata.class));
        long kept = 0;
        for (int i = 0; i < CANDIDATES.length; i++) {
            kept += matches[i] && CANDIDATES[i].contains(part) ? 1 : 0;
        }
        return kept;
    }

    @Test
    void leavesTracingOutUnlessThereIsAnEndpoint() {
        MockEnvironment off = new MockEnvironment();

        assertThat(kept(off, ".boot.micrometer.tracing.")).isZero();
        assertThat(kept(off, ".boot.opentelemetry.")).isZero();
        assertThat(kept(off, ".boot.micrometer.metrics.")).isPositive();
        assertThat(kept(off.withProperty("pipeline.tracing.endpoint", ""), ".tracing.otlp"))
                .as("as a compose file sets what is not given")
                .isZero();
    }

    @Test
    void letsTracingInWithAnEndpointButNoLogs() {
        MockEnvironment on =
                new MockEnvironment()
                        .withProperty("pipeline.tracing.endpoint", "http://localhost:4318");

        assertThat(kept(on, ".OpenTelemetryTracingAutoConfiguration")).isOne();
        assertThat(kept(on, "OtlpTracingAutoConfiguration")).isOne();
        assertThat(kept(on, "PrometheusExemplarsAutoConfiguration")).isOne();
        assertThat(kept(on, "Logging")).isEqualTo(kept(new MockEnvironment(), "Logging"));
    }

    @Test
    void refusesAnEndpointThatIsNoAddress() {
        MockEnvironment wrong =
                new MockEnvironment().withProperty("pipeline.tracing.endpoint", "localhost:4317");

        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> TracingProperties.endpointOf(wrong))
                .withMessageContaining("pipeline.tracing.endpoint");
    }
}
