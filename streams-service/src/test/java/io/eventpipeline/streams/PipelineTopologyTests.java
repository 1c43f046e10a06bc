package io.eventpipeline.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.alerts.ServerAlertsProperties;
import io.eventpipeline.streams.failure.DeadLetters;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.logs.LogFilterProperties;
import io.eventpipeline.streams.pages.PageCountsProperties;
import io.eventpipeline.streams.payments.PaymentsProperties;
import io.eventpipeline.streams.shipments.ShipmentsProperties;
import io.eventpipeline.streams.totals.OrderTotalsProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The whole topology as text. State lies under the names in it: a renamed store or a moved step is
 * lost state, so a difference must be seen in review. After a change on purpose, copy {@code
 * target/topology*.txt} over the golden files and read docs/decisions/0004-waiting-orders.md.
 */
class PipelineTopologyTests {

    private static final Path GOLDEN = Path.of("src/test/resources");
    private static final Path ACTUAL = Path.of("target");

    @ParameterizedTest
    @CsvSource({"global-table, topology.txt", "repartition, topology-repartition.txt"})
    void isTheOneThatWasReviewed(String join, String file) throws IOException {
        String actual = describe(join);
        Files.createDirectories(ACTUAL);
        Files.writeString(ACTUAL.resolve(file), actual);

        assertThat(actual).isEqualTo(Files.readString(GOLDEN.resolve(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"global-table", "repartition"})
    void hasNoNameThatKafkaStreamsGave(String join) {
        assertThat(describe(join)).doesNotContain("KSTREAM-", "KTABLE-", "STATE-STORE-");
    }

    @Test
    void hasOnlyWhatIsEnabled() {
        String described = describe(Map.of("any.enabled", "page-counts", "any.kinds", "tumbling"));

        assertThat(described)
                .contains("page-views-source", "page-counts-count-tumbling", "page-counts-sink")
                .doesNotContain("shipments", "orders", "hopping", "sliding", "session", "ops.");
    }

    private static String describe(String join) {
        return describe(Map.of("any.join", join));
    }

    private static String describe(Map<String, String> settings) {
        TopicCatalogue topics = new TopicCatalogue("dev");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "streams-dev");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "not-used:9092");
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(config)));
        new PipelineTopology(
                        topics,
                        new DeadLetters(topics, registry),
                        registry,
                        settings(TopologiesProperties.class, settings),
                        settings(ShipmentsProperties.class, settings),
                        settings(PageCountsProperties.class, settings),
                        settings(LogFilterProperties.class, settings),
                        settings(ServerAlertsProperties.class, settings),
                        settings(OrderTotalsProperties.class, settings),
                        settings(PaymentsProperties.class, settings))
                .addTo(builder, new Intake(builder, topics, InstantSource.system()));
        return builder.build(config).describe().toString();
    }

    private static <T> T settings(Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("any", Bindable.of(type));
    }
}
