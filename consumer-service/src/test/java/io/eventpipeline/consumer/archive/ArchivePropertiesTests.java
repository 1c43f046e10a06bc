package io.eventpipeline.consumer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.consumer.tail.TailProperties;
import io.eventpipeline.model.topic.PipelineTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.unit.DataSize;

/** Settings of archive and tail: defaults, and what is refused at start by name. */
class ArchivePropertiesTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
                    .withUserConfiguration(Settings.class);

    @Test
    void hasDefaults() {
        context.run(started -> {
            ArchiveProperties archive = started.getBean(ArchiveProperties.class);
            assertThat(archive.enabled()).isTrue();
            assertThat(archive.folder()).isEqualTo(Path.of("data/archive"));
            assertThat(archive.topics()).isEmpty();
            assertThat(archive.maxSize()).isEqualTo(DataSize.ofMegabytes(64));
            assertThat(archive.maxAge()).isEqualTo(Duration.ofMinutes(5));
            assertThat(started.getBean(TailProperties.class).chosen()).isEmpty();
        });
    }

    @Test
    void takesTopicsAndPartitions() {
        context.withPropertyValues(
                        "pipeline.consumer.archive.topics=order-placed,log-line",
                        "pipeline.consumer.tail.chosen[0].topic=order-placed",
                        "pipeline.consumer.tail.chosen[0].partitions=0,2")
                .run(started -> {
                    assertThat(started.getBean(ArchiveProperties.class).topics())
                            .containsExactlyInAnyOrder(
                                    PipelineTopic.ORDER_PLACED, PipelineTopic.LOG_LINE);
                    assertThat(
                                    started.getBean(TailProperties.class)
                                            .chosen()
                                            .getFirst()
                                            .partitions())
                            .containsExactlyInAnyOrder(0, 2);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "pipeline.consumer.archive.max-size=10B, pipeline.consumer.archive.max-size",
        "pipeline.consumer.archive.max-age=1ms, maxAge",
        "pipeline.consumer.archive.min-free=-1B, pipeline.consumer.archive.min-free",
        "pipeline.consumer.archive.topics=connect-status, CONNECT_STATUS",
        "pipeline.consumer.archive.concurrency=0, concurrency",
        "pipeline.consumer.tail.max-size=0B, pipeline.consumer.tail.max-size",
        "pipeline.consumer.tail.max-records=0, maxRecords",
        "pipeline.consumer.tail.chosen[0].partitions=-1, chosen",
    })
    void refuses(String property, String named) {
        context.withPropertyValues(property)
                .run(started ->
                        assertThat(
                                        NestedExceptionUtils.getMostSpecificCause(
                                                        Objects.requireNonNull(
                                                                started.getStartupFailure()))
                                                .toString())
                                .contains(named));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({ArchiveProperties.class, TailProperties.class})
    static class Settings {}
}
