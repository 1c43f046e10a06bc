package io.eventpipeline.connect.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.connect.worker.ConnectProperties.PluginDiscovery;
import io.eventpipeline.starter.settings.PipelineSettingsAutoConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The settings have their documented defaults, and a wrong one ends the start by its name. */
class ConnectPropertiesConfigurationTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void hasDefaults() {
        context.run(started -> {
            ConnectProperties properties = started.getBean(ConnectProperties.class);
            assertThat(properties.restPort()).isEqualTo(8083);
            assertThat(properties.pluginDiscovery()).isEqualTo(PluginDiscovery.SERVICE_LOAD);
            assertThat(properties.advertisedHost()).isNull();
            assertThat(properties.secrets()).isNull();
            assertThat(properties.stopTimeout()).isLessThan(Duration.ofSeconds(25));
        });
    }

    @Test
    void readsAFolderAsTheFileSystemDoes() {
        context.withPropertyValues("pipeline.connect.plugin-path=../connect-plugins")
                .run(started ->
                        assertThat(started.getBean(ConnectProperties.class).pluginPath())
                                .isEqualTo(Path.of("../connect-plugins")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rest-port=70000",
                "rest-port=none",
                "stop-timeout=0s",
                "plugin-discovery=guess",
            })
    void refusesAWrongValue(String property) {
        context.withPropertyValues("pipeline.connect." + property)
                .run(started ->
                        assertThat(started)
                                .getFailure()
                                .hasStackTraceContaining("pipeline.connect"));
    }

    @EnableConfigurationProperties(ConnectProperties.class)
    @ImportAutoConfiguration(PipelineSettingsAutoConfiguration.class)
    static class Settings {}
}
