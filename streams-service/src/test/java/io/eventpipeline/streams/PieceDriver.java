package io.eventpipeline.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.failure.DeadLetterDeserializationHandler;
import io.eventpipeline.streams.failure.DeadLetterProcessingHandler;
import io.eventpipeline.streams.failure.DeadLetterProductionHandler;
import io.eventpipeline.streams.failure.DeadLetters;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.topology.TopologyPiece;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * One piece of the topology on a {@link TopologyTestDriver}. Times are explicit, both those of
 * records and the wall clock, which begins at {@link #START}.
 */
public final class PieceDriver implements AutoCloseable {

    /** The wall clock at the beginning. */
    public static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    /** The trace context of each event that is sent. */
    public static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final InstantSource FAR = InstantSource.fixed(START.plus(Duration.ofDays(1)));

    private final TopicCatalogue topics = new TopicCatalogue("dev");
    private final SimpleMeterRegistry registry;
    private final TopologyTestDriver driver;
    private Instant clock = START;

    private PieceDriver(Path stateDir, Maker maker) {
        registry = new SimpleMeterRegistry();
        Properties config = config(stateDir, new DeadLetters(topics, registry));
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(config)));
        maker.make(topics, registry).addTo(builder, new Intake(builder, topics, FAR));
        driver = new TopologyTestDriver(builder.build(config), config, START);
    }

    /** Makes a piece. */
    @FunctionalInterface
    public interface Maker {

        /** The piece for the topics of an environment. */
        TopologyPiece make(TopicCatalogue topics, SimpleMeterRegistry registry);
    }

    /** Runs a piece. */
    public static PieceDriver of(Path stateDir, Maker maker) {
        return new PieceDriver(stateDir, maker);
    }

    /** The settings of a driver, with the service's handlers of failures. */
    public static Properties config(Path stateDir, DeadLetters deadLetters) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "streams-dev");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "not-used:9092");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        // The driver forgets what is sent before a record is processed if it simulates
        // transactions, and so the letters of unreadable records; integration tests have real ones.
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetterDeserializationHandler.class);
        config.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetterProcessingHandler.class);
        config.put(
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetterProductionHandler.class);
        config.put(DeadLetters.CONFIG_KEY, deadLetters);
        return config;
    }

    /** Headers as producer-service writes them. */
    public static Headers headers(Event event, String id) {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.write(
                new EventMetadata(
                        new EventIdentity("/producer-service/orders", id),
                        EventTypes.nameOf(event.getClass()),
                        START,
                        event.key(),
                        TRACE),
                headers);
        return headers;
    }

    /** Sends an event that arrives now. */
    public void send(PipelineTopic topic, Event event, String id) {
        sendRaw(topic, event.key(), EventJson.write(event), headers(event, id));
    }

    /** Sends a record that arrives now. */
    public void sendRaw(
            PipelineTopic topic, @Nullable String key, byte @Nullable [] value, Headers headers) {
        driver.createInputTopic(
                        topics.name(topic), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, clock));
    }

    /** Sends a record without headers that arrives now. */
    public void sendRaw(PipelineTopic topic, @Nullable String key, @Nullable String value) {
        sendRaw(topic, key, value == null ? null : value.getBytes(UTF_8), new RecordHeaders());
    }

    /** Lets time pass. */
    public void advance(Duration duration) {
        clock = clock.plus(duration);
        driver.advanceWallClockTime(duration);
    }

    /** What came out since the last call. */
    public <E extends Event> List<TestRecord<String, E>> read(PipelineTopic topic, Class<E> type) {
        return driver.createOutputTopic(
                        topics.name(topic),
                        new StringDeserializer(),
                        EventSerdes.deserializer(type))
                .readRecordsToList();
    }

    /** What came out since the last call, as bytes. */
    public List<TestRecord<String, byte[]>> readRaw(PipelineTopic topic) {
        return raw(topics.name(topic));
    }

    /** The dead letters since the last call. */
    public List<TestRecord<String, byte[]>> letters(PipelineTopic topic) {
        return raw(topics.deadLetterName(topic));
    }

    /** The driver, for its stores. */
    public TopologyTestDriver driver() {
        return driver;
    }

    /** The value of a counter. */
    public double count(String counter, String... tags) {
        return registry.get(counter).tags(tags).counter().count();
    }

    /** A header as text. */
    public static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private List<TestRecord<String, byte[]>> raw(String topic) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
