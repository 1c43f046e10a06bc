package io.eventpipeline.consumer.recordjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a record holds, its line is one line, says all of it, and says it readably. */
class RecordJsonTests {

    private static final byte[] NO_TEXT = {(byte) 0xff, 0, 1};

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void keepsAnEventToTheLastDigit() {
        headers.add("ce_id", "o-1".getBytes(UTF_8));
        assertThat(
                        line(
                                "alice".getBytes(UTF_8),
                                "{\"amount\":37.50,\"amount\":1e2}".getBytes(UTF_8)))
                .isEqualTo(
                        "{\"topic\":\"orders\",\"partition\":3,\"offset\":42,\"timestamp\":1700000000000,"
                            + "\"key\":\"alice\",\"headers\":{\"ce_id\":\"o-1\"},"
                            + "\"value\":{\"amount\":37.50,\"amount\":1e2}}");
    }

    @Test
    void putsPrettyJsonOnOneLine() {
        assertThat(value("{\r\n  \"note\": \"a\\nb\"\n}"))
                .isEqualTo("\"value\":{    \"note\": \"a\\nb\" }");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'plain \"text\"', '\"valueText\":\"plain \\\"text\\\"\"'",
                "'{\"open\":', '\"valueText\":\"{\\\"open\\\":\"'",
                "'{} {}', '\"valueText\":\"{} {}\"'",
                "'null', '\"valueText\":\"null\"'",
                "'', '\"valueText\":\"\"'",
                "'NaN', '\"valueText\":\"NaN\"'",
                "'\"a string\"', '\"value\":\"a string\"'",
                "' 12.0 ', '\"value\": 12.0 '",
            })
    void tellsJsonFromOtherText(String value, String expected) {
        assertThat(value(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nline\r\nline", "\u2028\u0000\u0001", "\"open\nstring\""})
    void neverBreaksTheLine(String value) {
        assertThat(value(value)).startsWith("\"valueText\":").doesNotContain("\n", "\r");
    }

    @Test
    void tellsATombstoneFromNull() {
        assertThat(line(null, null)).endsWith("\"key\":null,\"headers\":{},\"value\":null}");
    }

    @Test
    void keepsBytesThatAreNoText() {
        headers.add("trace", NO_TEXT);
        assertThat(line(NO_TEXT, NO_TEXT))
                .endsWith(
                        "\"keyBase64\":\"/wAB\",\"headers\":{\"trace\":{\"base64\":\"/wAB\"}},\"valueBase64\":\"/wAB\"}");
    }

    @Test
    void keepsTheReplacementCharacterAsText() {
        assertThat(value("a\uFFFDb")).isEqualTo("\"valueText\":\"a\uFFFDb\"");
    }

    @Test
    void keepsHeadersThatAreThereTwiceOrEmpty() {
        headers.add("via", "a".getBytes(UTF_8)).add("none", null).add("via", "b".getBytes(UTF_8));
        assertThat(line(null, null)).contains("\"headers\":{\"via\":[\"a\",\"b\"],\"none\":null}");
    }

    private String value(String value) {
        String line = line(null, value.getBytes(UTF_8));
        String before = "\"headers\":{},";
        return line.substring(line.indexOf(before) + before.length(), line.length() - 1);
    }

    private String line(byte @Nullable [] key, byte @Nullable [] value) {
        return new String(
                RecordJson.line(
                        new ConsumerRecord<>(
                                "orders",
                                3,
                                42,
                                1_700_000_000_000L,
                                TimestampType.CREATE_TIME,
                                0,
                                0,
                                key,
                                value,
                                headers,
                                Optional.empty())),
                UTF_8);
    }
}
