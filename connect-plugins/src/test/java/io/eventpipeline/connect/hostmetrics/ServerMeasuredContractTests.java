package io.eventpipeline.connect.hostmetrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.ops.HostName;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.serde.EventSerdes;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the connector writes, through the converters that a worker would use, is what every other
 * writer of {@link ServerMeasured} writes, to the byte.
 */
class ServerMeasuredContractTests {

    private static final String TOPIC = "measurements";
    private static final Instant MEASURED_AT = Instant.parse("2026-03-01T12:00:00.250Z");

    private final ServerMeasuredRecord event =
            new ServerMeasuredRecord(TOPIC, "/connect-service/host-metrics", "web-1");

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.000_012_5, 0.42, 1.0})
    void writesTheJsonThatTheSharedModelWrites(double cpuLoad) {
        byte[] value =
                value(event.of(new Measurement(cpuLoad, 3_000_000_000L, 8L << 30), MEASURED_AT));

        ServerMeasured expected =
                new ServerMeasured(
                        new HostName("web-1"), cpuLoad, 3_000_000_000L, 8L << 30, MEASURED_AT);
        assertThat(EventSerdes.deserializer(ServerMeasured.class).deserialize(TOPIC, value))
                .isEqualTo(expected);
        assertThat(new String(value, UTF_8))
                .isEqualTo(
                        new String(
                                EventSerdes.<ServerMeasured>serializer().serialize(TOPIC, expected),
                                UTF_8));
    }

    @Test
    void writesTheHostAsPlainTextKey() {
        SourceRecord record = event.of(new Measurement(0.5, 1, 2), MEASURED_AT);
        try (StringConverter converter = new StringConverter()) {
            converter.configure(Map.of(), true);

            assertThat(converter.fromConnectData(TOPIC, record.keySchema(), record.key()))
                    .isEqualTo("web-1".getBytes(UTF_8));
        }
    }

    @Test
    void writesCloudEventsHeaders() throws Exception {
        SourceRecord record = event.of(new Measurement(0.5, 1, 2), MEASURED_AT);
        RecordHeaders headers = new RecordHeaders();
        try (SimpleHeaderConverter converter = new SimpleHeaderConverter()) {
            converter.configure(Map.of());
            record.headers()
                    .forEach(header ->
                            headers.add(
                                    header.key(),
                                    converter.fromConnectHeader(
                                            TOPIC, header.key(), header.schema(), header.value())));
        }

        assertThat(CloudEventHeaders.read(headers))
                .contains(
                        new EventMetadata(
                                new EventIdentity(
                                        "/connect-service/host-metrics", "web-1/1772366400250"),
                                EventTypes.nameOf(ServerMeasured.class),
                                MEASURED_AT,
                                "web-1",
                                null));
        RecordHeaders expected = new RecordHeaders();
        CloudEventHeaders.write(CloudEventHeaders.read(headers).orElseThrow(), expected);
        assertThat(headers.toArray()).containsExactlyInAnyOrder(expected.toArray());
    }

    private static byte[] value(SourceRecord record) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            return converter.fromConnectData(TOPIC, record.valueSchema(), record.value());
        }
    }
}
