package io.eventpipeline.starter.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class PipelinePropertiesTests {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    PipelineSettingsAutoConfiguration.class,
                                    ValidationAutoConfiguration.class));

    @Test
    void staysOnThisMachineUnlessToldOtherwise() {
        service.run(context ->
                assertThat(context.getBean(PipelineProperties.class))
                        .isEqualTo(new PipelineProperties("dev", 1, "127.0.0.1")));
    }

    @Test
    void namesTopicsAfterTheEnvironment() {
        service.withPropertyValues("pipeline.environment=prod-eu")
                .run(context ->
                        assertThat(
                                        context.getBean(TopicCatalogue.class)
                                                .name(PipelineTopic.ORDER_PLACED))
                                .contains(".prod-eu."));
    }

    @ParameterizedTest
    @CsvSource({
        "pipeline.environment,Prod,environment",
        "pipeline.environment,a.b,environment",
        "pipeline.replication-factor,0,replicationFactor",
        "pipeline.replication-factor,many,pipeline.replication-factor",
        "pipeline.bind-address,' ',bindAddress"
    })
    void refusesToStartAndNamesTheProperty(String property, String value, String named) {
        service.withPropertyValues(property + "=" + value)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .hasStackTraceContaining("pipeline")
                                .hasStackTraceContaining(named));
    }
}
