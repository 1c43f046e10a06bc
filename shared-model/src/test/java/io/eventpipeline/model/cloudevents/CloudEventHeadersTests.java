package io.eventpipeline.model.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.eventpipeline.model.event.EventIdentity;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Our headers are those of the official SDK, in both directions. */
class CloudEventHeadersTests {

    private static final EventMetadata ORDER =
            new EventMetadata(
                    new EventIdentity("/producer-service/orders", "Zoë %20 1"),
                    "io.eventpipeline.order.placed.v1",
                    Instant.parse("2026-11-01T12:00:00.123456789Z"),
                    "alice",
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Test
    void theOfficialSdkReadsWhatWeWrite() {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.write(ORDER, headers);

        CloudEvent event =
                KafkaMessageFactory.createReader(headers, "{}".getBytes(UTF_8)).toEvent();

        assertThat(event.getId()).isEqualTo(ORDER.identity().id());
        assertThat(event.getSource()).isEqualTo(URI.create("/producer-service/orders"));
        assertThat(event.getType()).isEqualTo(ORDER.type());
        assertThat(event.getSubject()).isEqualTo("alice");
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(Objects.requireNonNull(event.getTime()).toInstant()).isEqualTo(ORDER.time());
    }

    @Test
    void weReadWhatTheOfficialSdkWrites() {
        CloudEvent event =
                CloudEventBuilder.v1()
                        .withId("17")
                        .withSource(URI.create("https://shop.example/checkout"))
                        .withType("com.example.placed")
                        .withSubject("bob")
                        .withTime(OffsetDateTime.parse("2026-11-01T13:00:00+01:00"))
                        .withData("application/json", "{}".getBytes(UTF_8))
                        .build();
        ProducerRecord<Void, byte[]> sent =
                KafkaMessageFactory.createWriter("any").writeBinary(event);

        assertThat(CloudEventHeaders.read(sent.headers()))
                .contains(
                        new EventMetadata(
                                new EventIdentity("https://shop.example/checkout", "17"),
                                "com.example.placed",
                                Instant.parse("2026-11-01T12:00:00Z"),
                                "bob",
                                null));
    }

    @Test
    void writesEachHeaderOnceAndRemovesWhatIsAbsent() {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.write(ORDER, headers);
        CloudEventHeaders.write(
                new EventMetadata(new EventIdentity("/s", "2"), "t.v1", null, null, null), headers);

        assertThat(headers)
                .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .containsExactly(
                        "ce_specversion=1.0",
                        "ce_id=2",
                        "ce_type=t.v1",
                        "ce_source=/s",
                        "content-type=application/json");
    }

    @Test
    void aRecordWithoutHeadersIsIdentifiedByItsPosition() {
        assertThat(CloudEventHeaders.identityOf(new RecordHeaders(), "orders", 3, 42))
                .isEqualTo(new EventIdentity("", "orders/3/42"));
    }

    @Test
    void aRecordThatWasSentBackKeepsItsFirstPosition() {
        Headers headers =
                new RecordHeaders()
                        .add(CloudEventHeaders.FIRST_POSITION, "orders/3/42".getBytes(UTF_8));

        assertThat(CloudEventHeaders.identityOf(headers, "orders", 3, 99))
                .isEqualTo(EventIdentity.ofPosition("orders", 3, 42));
        CloudEventHeaders.write(ORDER, headers);
        assertThat(CloudEventHeaders.identityOf(headers, "orders", 3, 99))
                .isEqualTo(ORDER.identity());
    }

    @Test
    void aRecordWithHalfAnIdentityHasNone() {
        Headers headers = new RecordHeaders().add("ce_id", "17".getBytes(UTF_8));
        headers.add("ce_source", new byte[0]);

        assertThat(CloudEventHeaders.identityOf(headers, "orders", 3, 42).source()).isEmpty();
        assertThat(CloudEventHeaders.read(headers)).isEmpty();
    }

    @Test
    void aTimeThatCannotBeReadIsNone() {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.write(ORDER, headers);
        headers.remove("ce_time").add("ce_time", "noon".getBytes(UTF_8));

        assertThat(CloudEventHeaders.read(headers).orElseThrow().time()).isNull();
    }
}
