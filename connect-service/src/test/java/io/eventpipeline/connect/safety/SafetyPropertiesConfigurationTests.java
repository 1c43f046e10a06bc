package io.eventpipeline.connect.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The settings are strict where nobody sets them, and a wrong one ends the start by its name. */
class SafetyPropertiesConfigurationTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void allowsNoClientOverridesByDefault() {
        context.run(started ->
                assertThat(started.getBean(SafetyProperties.class).clientOverrides()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"allowed-connectors=com.*.X", "environment-variables=("})
    void namesAWrongSetting(String property) {
        context.withPropertyValues("pipeline.connect.safety." + property)
                .run(started ->
                        assertThat(started)
                                .getFailure()
                                .hasStackTraceContaining(
                                        "pipeline.connect.safety."
                                                + property.substring(0, property.indexOf('='))));
    }

    @EnableConfigurationProperties(SafetyProperties.class)
    static class Settings {}
}
