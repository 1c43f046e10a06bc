package io.eventpipeline.producer.loglines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

/** A text becomes the lines that a reader sees in it, or is refused with the line at fault. */
class LogLinesTests {

    private static List<String> lines(String text) {
        return LogLines.split(text.getBytes(UTF_8), 3).stream()
                .map(line -> new String(line, UTF_8))
                .toList();
    }

    private static void assertRefused(byte[] text, int status, String detail) {
        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(() -> LogLines.split(text, 3))
                .satisfies(refused -> {
                    assertThat(refused.getStatusCode().value()).isEqualTo(status);
                    assertThat(refused.getBody().getDetail()).isEqualTo(detail);
                });
    }

    @Test
    void endsALineAtLineFeedOrBoth() {
        assertThat(lines("GET /\nPOST /\r\nPUT /")).containsExactly("GET /", "POST /", "PUT /");
    }

    @Test
    void leavesOutEmptyLinesAndKeepsSpaces() {
        assertThat(lines("\n\r\n  at Main.java:7\n \n\n")).containsExactly("  at Main.java:7", " ");
    }

    @Test
    void keepsACarriageReturnThatEndsNoLine() {
        assertThat(lines("10 %\r20 %\r")).containsExactly("10 %\r20 %\r");
    }

    @Test
    void leavesOutAByteOrderMark() {
        assertThat(lines("\uFEFFGrüße\n")).containsExactly("Grüße");
    }

    @Test
    void namesTheLineThatIsNotUtf8() {
        assertRefused("ok\nGrüße\n".getBytes(ISO_8859_1), 400, "Line 2 is not UTF-8");
        assertRefused(
                ("x".repeat(20_000) + "\n\u00e9").getBytes(ISO_8859_1), 400, "Line 2 is not UTF-8");
    }

    @Test
    void refusesATextWithoutLines() {
        assertRefused("\n\r\n\n".getBytes(UTF_8), 400, "There is no line in the body");
    }

    @Test
    void countsLinesThatAreSentAgainstTheLimit() {
        assertThat(lines("1\n\n\n2\n\n3\n\n")).hasSize(3);
        assertRefused(
                "1\n2\n3\n4".getBytes(UTF_8), 413, "The body has more lines than the limit of 3");
    }

    @Test
    void makesACloudEventOfPlainTextWithoutKey() {
        Instant noon = Instant.parse("2026-11-01T12:00:00Z");
        OutgoingRecord made =
                LogLineRecords.of(
                        new TopicCatalogue("dev").get(PipelineTopic.LOG_LINE),
                        "GET /".getBytes(UTF_8),
                        new EventIdentity("/producer-service/log-lines", "k/0"),
                        noon,
                        null);

        assertThat(made.key()).isNull();
        assertThat(made.partition()).isNull();
        assertThat(made.timestamp()).isEqualTo(noon.toEpochMilli());
        assertThat(CloudEventHeaders.read(made.headers()))
                .hasValue(
                        new EventMetadata(
                                new EventIdentity("/producer-service/log-lines", "k/0"),
                                "io.eventpipeline.log.line.v1",
                                noon,
                                null,
                                null));
        assertThat(made.headers().headers(CloudEventHeaders.CONTENT_TYPE))
                .singleElement()
                .satisfies(header ->
                        assertThat(header.value())
                                .asString(UTF_8)
                                .isEqualTo("text/plain; charset=utf-8"));
    }
}
