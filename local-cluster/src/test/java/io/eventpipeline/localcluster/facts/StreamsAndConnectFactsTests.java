package io.eventpipeline.localcluster.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, defaults and classes of Kafka Streams and Kafka Connect. */
class StreamsAndConnectFactsTests {

    @Test
    void streamsIsAtLeastOnceUnlessAskedForMore() {
        assertThat(StreamsConfig.configDef().defaultValues())
                .containsEntry("processing.guarantee", "at_least_once");
        assertThat(streams(Map.of()).getLong("commit.interval.ms")).isEqualTo(30_000);
        assertThat(
                        streams(Map.of("processing.guarantee", "exactly_once_v2"))
                                .getLong("commit.interval.ms"))
                .isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly_once", "exactly_once_beta"})
    void olderNamesOfExactlyOnceAreRefused(String guarantee) {
        assertThatThrownBy(() -> streams(Map.of("processing.guarantee", guarantee)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("exactly_once_v2");
    }

    @Test
    void streamsHasNoDefaultSerde() {
        assertThat(StreamsConfig.configDef().defaultValues())
                .containsEntry("default.key.serde", null)
                .containsEntry("default.value.serde", null);
        StreamsConfig config = streams(Map.of());
        assertThatThrownBy(config::defaultKeySerde).isInstanceOf(ConfigException.class);
    }

    @Test
    void timeWindowsAreMadeWithOrWithoutGraceByName() {
        assertThat(
                        Stream.of(TimeWindows.class.getMethods())
                                .filter(method -> Modifier.isStatic(method.getModifiers()))
                                .map(Method::getName))
                .containsExactlyInAnyOrder("ofSizeWithNoGrace", "ofSizeAndGrace");
        assertThat(Classes.exists("org.apache.kafka.streams.StreamsBuilder")).isTrue();
    }

    @Test
    void processorForwardsAndTransformIsGone() throws Exception {
        assertThat(Stream.of(KStream.class.getMethods()).map(Method::getName))
                .contains("process", "processValues")
                .doesNotContain("transform", "transformValues", "flatTransform");
        assertThat(Classes.exists("org.apache.kafka.streams.processor.Processor")).isFalse();
        assertThat(Processor.class.getMethod("init", ProcessorContext.class)).isNotNull();
        assertThat(Stream.of(ProcessorContext.class.getMethods()).map(Method::getName))
                .contains("forward");
    }

    @Test
    void workerItselfHasNoFileConnectors() {
        assertThat(Classes.exists("org.apache.kafka.connect.cli.ConnectDistributed")).isTrue();
        assertThat(Classes.exists("org.apache.kafka.connect.file.FileStreamSourceConnector"))
                .isFalse();
    }

    @Test
    void noTransformIsCalledDrop() {
        String transforms = "org.apache.kafka.connect.transforms.";
        assertThat(Classes.exists(transforms + "Drop")).isFalse();
        assertThat(Classes.exists(transforms + "ReplaceField")).isTrue();
        assertThat(Classes.exists(transforms + "DropHeaders")).isTrue();
        assertThat(Classes.exists(transforms + "Filter")).isTrue();
        assertThat(Classes.exists(transforms + "Cast")).isTrue();
        assertThat(Classes.exists(transforms + "ExtractField")).isTrue();
    }

    private static StreamsConfig streams(Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(own);
        settings.put("application.id", "shipments");
        settings.put("bootstrap.servers", "127.0.0.1:1");
        return new StreamsConfig(settings);
    }
}
