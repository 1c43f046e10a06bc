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
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The whole topology as text. State lies under the names in it: a renamed store or a moved step is
 * lost state, so a difference must be seen in review. After a change on purpose, copy {@code
 * target/topology.txt} over the golden file and read docs/decisions/0004-waiting-orders.md.
 */
class PipelineTopologyTests {

    private static final Path GOLDEN = Path.of("src/test/resources/topology.txt");
    private static final Path ACTUAL = Path.of("target/topology.txt");

    @Test
    void isTheOneThatWasReviewed() throws IOException {
        String actual = describe();
        Files.createDirectories(ACTUAL.getParent());
        Files.writeString(ACTUAL, actual);

        assertThat(actual).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void hasNoNameThatKafkaStreamsGave() {
        assertThat(describe()).doesNotContain("KSTREAM-", "KTABLE-", "STATE-STORE-");
    }

    private static String describe() {
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
                        defaults(ShipmentsProperties.class),
                        defaults(PageCountsProperties.class),
                        defaults(LogFilterProperties.class),
                        defaults(ServerAlertsProperties.class),
                        defaults(OrderTotalsProperties.class),
                        defaults(PaymentsProperties.class))
                .addTo(builder, new Intake(builder, topics, InstantSource.system()));
        return builder.build(config).describe().toString();
    }

    private static <T> T defaults(Class<T> settings) {
        return new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("not.set", Bindable.of(settings));
    }
}
