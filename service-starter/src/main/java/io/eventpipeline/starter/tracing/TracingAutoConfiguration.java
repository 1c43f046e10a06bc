package io.eventpipeline.starter.tracing;

import io.micrometer.tracing.propagation.Propagator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spans of records and in problems, where tracing is on. */
@AutoConfiguration(after = OpenTelemetryTracingAutoConfiguration.class)
@EnableConfigurationProperties(TracingProperties.class)
public class TracingAutoConfiguration {

    /** What there is only while tracing is on. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(Propagator.class)
    static class On {

        @Bean
        RecordSpans recordSpans(Propagator propagator) {
            return new RecordSpans(propagator);
        }

        @Bean
        ProblemTraceAdvice problemTraceAdvice() {
            return new ProblemTraceAdvice();
        }
    }
}
