package io.eventpipeline.producer.intake;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventpipeline.model.json.MalformedJsonException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements come out as the bytes that went in. */
class JsonArraySplitterTests {

    private static List<String> split(String json) {
        return JsonArraySplitter.split(json.getBytes(UTF_8), 10).stream()
                .map(element -> new String(element, UTF_8))
                .toList();
    }

    @Test
    void cutsEachElementExactly() {
        assertThat(split(" [ {\"a\":[1,{\"b\":2}]} ,\n\"zwölf\",1.50,-3 , null,true,[ ] ] "))
                .containsExactly(
                        "{\"a\":[1,{\"b\":2}]}", "\"zwölf\"", "1.50", "-3", "null", "true", "[ ]");
    }

    @Test
    void findsNothingInAnEmptyArray() {
        assertThat(split("[]")).isEmpty();
    }

    @Test
    void looksBehindAByteOrderMark() {
        String marked = "\uFEFF [{\"a\":1}]";

        assertThat(JsonArraySplitter.isArray(marked.getBytes(UTF_8))).isTrue();
        assertThat(split(marked)).containsExactly("{\"a\":1}");
    }

    @Test
    void doesNotTakeAnObjectForAnArray() {
        assertThat(JsonArraySplitter.isArray("{\"a\":[]}".getBytes(UTF_8))).isFalse();
        assertThat(JsonArraySplitter.isArray(" ".getBytes(UTF_8))).isFalse();
        assertThat(JsonArraySplitter.isArray("[]".getBytes(UTF_16))).isFalse();
    }

    @Test
    void refusesWhatOnlyBeginsLikeAnArray() {
        for (String json : List.of("[", "[1", "[1,]", "[1]x", "[1] [2]", "[\0]")) {
            assertThatExceptionOfType(MalformedJsonException.class)
                    .as(json)
                    .isThrownBy(() -> split(json));
        }
    }
}
