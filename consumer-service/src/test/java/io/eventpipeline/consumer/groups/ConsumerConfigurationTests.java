package io.eventpipeline.consumer.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.eventpipeline.consumer.archive.ArchiveProperties;
import io.eventpipeline.consumer.delivery.RetryProperties;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
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

    @Test
    void givesAClassicMemberItsAssignorAndAnIdentityThatStays() {
        context.withPropertyValues(
                        "pipeline.consumer.shipments.membership.assignor=round-robin",
                        "pipeline.consumer.shipments.membership.static-member=true",
                        "pipeline.consumer.shipments.membership.session-timeout=9s")
                .run(started ->
                        assertThat(settingsOfShipments(started))
                                .containsOnly(
                                        entry(
                                                "partition.assignment.strategy",
                                                RoundRobinAssignor.class.getName()),
                                        entry("group.instance.id", "consumer-1-shipments"),
                                        entry("session.timeout.ms", "9000")));
    }

    @Test
    void givesAMemberOfTheNewProtocolNothingThatTheBrokersDecide() {
        context.withPropertyValues(
                        "pipeline.consumer.shipments.membership.protocol=consumer",
                        "pipeline.consumer.shipments.membership.assignor=range")
                .run(started ->
                        assertThat(settingsOfShipments(started))
                                .containsOnly(
                                        entry("group.protocol", "consumer"),
                                        entry("auto.offset.reset", "earliest"),
                                        entry("group.remote.assignor", "range")));
    }

    @ParameterizedTest
    @CsvSource({
        "session-timeout=10s, group.consumer.session.timeout.ms",
        "heartbeat-interval=1s, group.consumer.heartbeat.interval.ms",
        "static-member=true, protocol=classic",
        "assignor=sticky, 'assignor=sticky is not known to membership.protocol=consumer, which has"
                + " [range, uniform]'"
    })
    void refusesWhatTheNewProtocolDoesNotKnow(String setting, String word) {
        context.withPropertyValues(
                        "pipeline.consumer.shipments.membership.protocol=consumer",
                        "pipeline.consumer.shipments.membership." + setting)
                .run(started -> {
                    assertThat(started.getStartupFailure()).rootCause().hasMessageContaining(word);
                    assertThat(started.getStartupFailure())
                            .hasStackTraceContaining("pipeline.consumer");
                });
    }

    @Test
    void refusesTheNewAssignorWithTheOldProtocol() {
        context.withPropertyValues("pipeline.consumer.measurements.membership.assignor=uniform")
                .run(started ->
                        assertThat(started.getStartupFailure())
                                .rootCause()
                                .hasMessageContaining("cooperative-sticky"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shipments", "measurements", "archive"})
    void refusesRetriesOutOfOrderForGroupsThatKeepIt(String group) {
        String property = "pipeline.consumer." + group + ".retries.mode=";
        context.withPropertyValues(property + "topics")
                .run(started ->
                        assertThat(started.getStartupFailure())
                                .rootCause()
                                .hasMessageContaining(property + "topics is refused")
                                .hasMessageContaining("pipeline.consumer.webhook.retries.mode"));
        context.withPropertyValues(property + "blocking")
                .run(started -> assertThat(started).hasNotFailed());
    }

    private static Map<String, String> settingsOfShipments(AssertableApplicationContext started) {
        ConsumerProperties consumer = started.getBean(ConsumerProperties.class);
        return consumer.membership("shipments").settings(consumer.instanceId(), "shipments");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({
        ArchiveProperties.class,
        ConsumerProperties.class,
        RetryProperties.class
    })
    static class Settings {}
}
