package io.eventpipeline.consumer.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.consumer.delivery.RetryProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** The service's own settings: defaults, and what is refused at start. */
class ConsumerConfigurationTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
                    .withUserConfiguration(Settings.class)
                    .withPropertyValues("pipeline.consumer.instance-id=consumer-1");

    @Test
    void hasDefaults() {
        context.run(started -> {
            ConsumerProperties consumer = started.getBean(ConsumerProperties.class);
            assertThat(consumer.shipments().concurrency()).isEqualTo(2);
            assertThat(consumer.measurements().concurrency()).isEqualTo(1);
            assertThat(started.getBean(RetryProperties.class).maxPause())
                    .isEqualTo(Duration.ofSeconds(3));
        });
    }

    @Test
    void refusesNoThreadsAndPausesTheWrongWayRound() {
        context.withPropertyValues("pipeline.consumer.shipments.concurrency=0")
                .run(started -> assertThat(started).hasFailed());
        context.withPropertyValues("pipeline.consumer.retry.initial-pause=10s")
                .run(started ->
                        assertThat(started.getStartupFailure())
                                .rootCause()
                                .hasMessageContaining("must not be longer than max-pause"));
        context.withPropertyValues("pipeline.consumer.instance-id=two words")
                .run(started -> assertThat(started).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({ConsumerProperties.class, RetryProperties.class})
    static class Settings {}
}
