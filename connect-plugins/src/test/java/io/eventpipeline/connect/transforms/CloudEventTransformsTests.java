package io.eventpipeline.connect.transforms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.EventIdentity;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one transform writes is what the shared model reads, and what the shared model writes the
 * other reads, both through the header converter of a worker.
 */
class CloudEventTransformsTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.250Z");
    private static final Map<String, String> ORDERS =
            Map.of("event.type", "io.eventpipeline.order.placed.v1", "event.source", "/till/7");

    private final SimpleHeaderConverter converter = new SimpleHeaderConverter();

    @Test
    void writesWhatTheSharedModelReads() {
        Map<String, String> settings = new HashMap<>(ORDERS);
        settings.put("id.field", "order.id");
        settings.put("time.field", "at");
        settings.put("subject.field", "customer");

        SourceRecord event =
                toHeaders(
                        settings,
                        sourceRecord(
                                "k",
                                null,
                                Map.of(
                                        "order",
                                        Map.of("id", "o-1"),
                                        "at",
                                        NOON.toString(),
                                        "customer",
                                        4711)));

        EventMetadata metadata = CloudEventHeaders.read(kafkaHeaders(event)).orElseThrow();
        assertThat(metadata.identity()).isEqualTo(new EventIdentity("/till/7", "o-1"));
        assertThat(metadata.type()).isEqualTo("io.eventpipeline.order.placed.v1");
        assertThat(metadata.time()).isEqualTo(NOON);
        assertThat(metadata.subject()).isEqualTo("4711");
        assertThat(new String(kafkaHeaders(event).lastHeader("content-type").value(), UTF_8))
                .isEqualTo("application/json");
    }

    @Test
    void takesTimeAndSubjectOfTheRecordWhereNoFieldIsNamed() {
        EventMetadata metadata =
                CloudEventHeaders.read(
                                kafkaHeaders(
                                        toHeaders(
                                                ORDERS,
                                                sourceRecord("alice", null, Map.of("n", 1)))))
                        .orElseThrow();

        assertThat(metadata.time()).isEqualTo(NOON);
        assertThat(metadata.subject()).isEqualTo("alice");
    }

    @Test
    void givesARecordThatIsReadAgainTheSameId() {
        String first = idOf(sourceRecord("alice", null, Map.of("n", 1)));

        assertThat(idOf(sourceRecord("alice", null, Map.of("n", 1)))).isEqualTo(first);
        assertThat(idOf(sourceRecord("alice", null, Map.of("n", 2)))).isNotEqualTo(first);
        assertThat(idOf(sourceRecord("bob", null, Map.of("n", 1)))).isNotEqualTo(first);
    }

    @Test
    void readsATimestampOfConnect() {
        Schema schema = SchemaBuilder.struct().field("at", Timestamp.SCHEMA).build();
        Map<String, String> settings = new HashMap<>(ORDERS);
        settings.put("time.field", "at");

        SourceRecord event =
                toHeaders(
                        settings,
                        sourceRecord("k", schema, new Struct(schema).put("at", Date.from(NOON))));

        assertThat(event.headers().lastWithName("ce_time").value()).isEqualTo(NOON.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"id.field", "time.field", "subject.field"})
    void namesAFieldThatIsMissing(String setting) {
        Map<String, String> settings = new HashMap<>(ORDERS);
        settings.put(setting, "nowhere");

        assertThatThrownBy(() -> toHeaders(settings, sourceRecord("k", null, Map.of("n", 1))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void makesADeletionAnEventWithoutData() {
        Schema schema = SchemaBuilder.struct().field("n", Schema.INT32_SCHEMA).build();
        SourceRecord event = toHeaders(ORDERS, sourceRecord("alice", schema, null));

        assertThat(CloudEventHeaders.read(kafkaHeaders(event))).isPresent();
        assertThat(event.headers().lastWithName("content-type")).isNull();
        assertThat(event.value()).isNull();
        assertThat(event.valueSchema()).as("with one, \"null\" would be written").isNull();
    }

    @Test
    void bringsTheHeadersOfTheSharedModelIntoFields() {
        SinkRecord read =
                fromHeaders(Map.of(), sinkRecord(null, Map.of("n", 1), headers(event("alice"))));

        assertThat(read.value())
                .isEqualTo(
                        Map.of(
                                "n",
                                1,
                                "ce_id",
                                "o-1",
                                "ce_source",
                                "/till/7",
                                "ce_type",
                                "io.eventpipeline.order.placed.v1",
                                "ce_time",
                                NOON.toString(),
                                "ce_subject",
                                "alice"));
    }

    @Test
    void addsOptionalFieldsToASchema() {
        Schema schema =
                SchemaBuilder.struct().name("shop.Order").field("n", Schema.INT32_SCHEMA).build();
        Struct value = new Struct(schema).put("n", 1);

        SinkRecord read =
                fromHeaders(
                        Map.of("attributes", "id,subject", "prefix", "event_"),
                        sinkRecord(schema, value, headers(event(null))));

        Struct extended = (Struct) read.value();
        extended.validate();
        assertThat(extended.schema().name()).isEqualTo("shop.Order");
        assertThat(extended.get("event_id")).isEqualTo("o-1");
        assertThat(extended.get("event_subject")).isNull();
        assertThat(extended.schema().field("event_subject").schema())
                .isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(extended.get("n")).isEqualTo(1);
    }

    @Test
    void overwritesNoField() {
        assertThatThrownBy(() ->
                        fromHeaders(
                                Map.of(),
                                sinkRecord(null, Map.of("ce_id", "mine"), headers(event("alice")))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ce_id");
    }

    @Test
    void refusesAValueWithoutFields() {
        assertThatThrownBy(() ->
                        fromHeaders(Map.of(), sinkRecord(null, "text", headers(event("alice")))))
                .isInstanceOf(DataException.class);
    }

    @Test
    void knowsTheTypeOfAnEvent() {
        try (EventTypeMatches<SinkRecord> predicate = new EventTypeMatches<>()) {
            predicate.configure(Map.of("pattern", "io\\.eventpipeline\\.order\\..*"));

            assertThat(predicate.test(sinkRecord(null, Map.of(), headers(event("alice")))))
                    .isTrue();
            assertThat(predicate.test(sinkRecord(null, Map.of(), new ConnectHeaders()))).isFalse();
            predicate.configure(Map.of("pattern", "io\\.eventpipeline\\.order"));
            assertThat(predicate.test(sinkRecord(null, Map.of(), headers(event("alice")))))
                    .isFalse();
        }
    }

    private static EventMetadata event(@Nullable String subject) {
        return new EventMetadata(
                new EventIdentity("/till/7", "o-1"),
                "io.eventpipeline.order.placed.v1",
                NOON,
                subject,
                null);
    }

    /** As a worker reads the headers that the shared model writes. */
    private Headers headers(EventMetadata metadata) {
        RecordHeaders written = new RecordHeaders();
        CloudEventHeaders.write(metadata, written);
        Headers headers = new ConnectHeaders();
        written.forEach(header ->
                headers.add(
                        header.key(),
                        converter.toConnectHeader("orders", header.key(), header.value())));
        return headers;
    }

    /** As a worker writes the headers of a record. */
    private RecordHeaders kafkaHeaders(SourceRecord event) {
        RecordHeaders headers = new RecordHeaders();
        event.headers()
                .forEach(header ->
                        headers.add(
                                header.key(),
                                converter.fromConnectHeader(
                                        event.topic(),
                                        header.key(),
                                        header.schema(),
                                        header.value())));
        return headers;
    }

    private static String idOf(SourceRecord original) {
        return (String) toHeaders(ORDERS, original).headers().lastWithName("ce_id").value();
    }

    private static SourceRecord toHeaders(Map<String, String> settings, SourceRecord original) {
        try (CloudEventToHeaders<SourceRecord> transform = new CloudEventToHeaders<>()) {
            transform.configure(settings);
            return transform.apply(original);
        }
    }

    private static SinkRecord fromHeaders(Map<String, String> settings, SinkRecord original) {
        try (CloudEventFromHeaders<SinkRecord> transform = new CloudEventFromHeaders<>()) {
            transform.configure(settings);
            return transform.apply(original);
        }
    }

    private static SourceRecord sourceRecord(
            String key, @Nullable Schema schema, @Nullable Object value) {
        return new SourceRecord(
                Map.of("file", "a"),
                Map.of("line", 1L),
                "orders",
                null,
                null,
                key,
                schema,
                value,
                NOON.toEpochMilli());
    }

    private static SinkRecord sinkRecord(@Nullable Schema schema, Object value, Headers headers) {
        return new SinkRecord(
                "orders",
                0,
                null,
                "k",
                schema,
                value,
                0,
                NOON.toEpochMilli(),
                TimestampType.CREATE_TIME,
                headers);
    }
}
