package io.eventpipeline.producer.cloudevents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.json.Violation;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON event format, and the rules for attributes of the core specification. */
class JsonEventReaderTests {

    private static final String REQUIRED =
            "\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/shop\",\"type\":\"shop.opened\"";

    private static ReceivedEvent read(String json) {
        return JsonEventReader.read(json.getBytes(UTF_8));
    }

    private static ReceivedEvent opened(String more) {
        return read("{" + REQUIRED + (more.isEmpty() ? "" : "," + more) + "}");
    }

    private static String data(ReceivedEvent event) {
        return new String(Objects.requireNonNull(event.data()), UTF_8);
    }

    private static List<String> wrong(String json) {
        return Objects.requireNonNull(
                        catchThrowableOfType(InvalidEventException.class, () -> read(json)),
                        () -> "was taken: " + json)
                .violations()
                .stream()
                .map(Violation::toString)
                .toList();
    }

    private static List<String> wrongWith(String more) {
        return wrong("{" + REQUIRED + "," + more + "}");
    }

    @Test
    void readsAttributesAndExtensionsAsTopLevelMembers() {
        ReceivedEvent event =
                opened(
                        "\"time\":\"2026-11-01T12:00:00.5+01:00\",\"subject\":\"door é\","
                                + "\"dataschema\":\"https://acme.example/s\",\"count\":-5,"
                                + "\"urgent\":true,\"partitionkey\":\"k\"");

        assertThat(event.id()).isEqualTo("e-1");
        assertThat(event.source()).isEqualTo("/shop");
        assertThat(event.type()).isEqualTo("shop.opened");
        assertThat(event.attributes())
                .containsEntry("time", "2026-11-01T12:00:00.5+01:00")
                .containsEntry("subject", "door é")
                .containsEntry("dataschema", "https://acme.example/s")
                .containsEntry("count", "-5")
                .containsEntry("urgent", "true")
                .containsEntry("partitionkey", "k");
        assertThat(event.data()).isNull();
        assertThat(event.dataContentType()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"price\": 24.90 , \"a\":[1,{\"b\":1e400}]}",
                "[1, 2]",
                "1.50",
                "-3",
                "true",
                "null",
                "\"just a string with \\\"quotes\\\" and \\u00e9\"",
                "\"{\\\"looks\\\":\\\"like JSON\\\"}\""
            })
    void cutsJsonDataOutAsItStands(String value) {
        assertThat(data(opened("\"data\": " + value + " ,\"ext\":1"))).isEqualTo(value);
        assertThat(data(opened("\"data\":" + value))).isEqualTo(value);
        assertThat(data(opened("\"data\":" + value + ",\"datacontenttype\":\"a/b+JSON;x=y\"")))
                .isEqualTo(value);
    }

    @Test
    void namesTheMediaTypeThatTheFormatImplies() {
        assertThat(opened("\"data\":1").dataContentType()).isEqualTo("application/json");
        assertThat(opened("\"data_base64\":\"AQ==\"").dataContentType())
                .isEqualTo("application/json");
        assertThat(opened("\"data\":1,\"datacontenttype\":\"text/json\"").dataContentType())
                .isEqualTo("text/json");
    }

    @Test
    void tellsDataThatIsNullFromNoData() {
        assertThat(data(opened("\"data\":null"))).isEqualTo("null");
        assertThat(opened("").data()).isNull();
        assertThat(opened("\"data_base64\":null").data()).isNull();
    }

    @Test
    void takesAnAttributeThatIsNullForUnset() {
        assertThat(opened("\"subject\":null,\"ext\":null,\"datacontenttype\":null,\"data\":1"))
                .returns("application/json", ReceivedEvent::dataContentType)
                .extracting(ReceivedEvent::attributes)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("specversion", "id", "source", "type");
        assertThat(wrong("{" + REQUIRED.replace("\"e-1\"", "null") + "}"))
                .containsExactly("/id is required");
    }

    @Test
    void takesOtherDataForAString() {
        assertThat(
                        data(
                                opened(
                                        "\"datacontenttype\":\"application/xml\","
                                                + "\"data\":\"<much wow=\\\"xml\\\"/>\"")))
                .isEqualTo("<much wow=\"xml\"/>");
        assertThat(
                        opened(
                                        "\"data\":\"é\",\"datacontenttype\":\"text/plain;charset=ISO-8859-1\"")
                                .data())
                .isEqualTo("é".getBytes(ISO_8859_1));
    }

    @Test
    void refusesOtherDataThatIsNoString() {
        assertThat(wrongWith("\"datacontenttype\":\"text/plain\",\"data\":{}"))
                .containsExactly(
                        "/data must be a string, because datacontenttype does not declare JSON");
        assertThat(wrongWith("\"datacontenttype\":\"text/plain\",\"data\":null")).hasSize(1);
        assertThat(wrongWith("\"data\":\"€\",\"datacontenttype\":\"text/plain;charset=us-ascii\""))
                .containsExactly("/data cannot be written in the charset of datacontenttype");
        assertThat(wrongWith("\"data\":\"x\",\"datacontenttype\":\"text/plain;charset=nobody\""))
                .containsExactly("/data cannot be written in the charset of datacontenttype");
    }

    @Test
    void decodesBase64() {
        assertThat(
                        opened(
                                        "\"datacontenttype\":\"application/octet-stream\",\"data_base64\":\"AP8=\"")
                                .data())
                .containsExactly(0, 0xFF);
        assertThat(opened("\"data_base64\":\"\"").data()).isEmpty();
        for (String value : List.of("\"A*==\"", "5", "{\"a\":1}", "\"AP8=\\n\"")) {
            assertThat(wrongWith("\"data_base64\":" + value))
                    .containsExactly("/data_base64 must be a string of base64 (RFC 4648)");
        }
    }

    @Test
    void refusesDataTwice() {
        assertThat(wrongWith("\"data\":null,\"data_base64\":\"AQ==\""))
                .containsExactly("/data_base64 must be absent where there is data");
    }

    @Test
    void namesAllThatIsWrong() {
        assertThat(wrong("{\"id\":5,\"source\":\"\",\"specversion\":\"0.3\",\"Big\":1,\"a/b~\":2}"))
                .containsExactly(
                        "/id must be a string",
                        "/Big must have a name of lower-case letters a-z and digits only",
                        "/a~1b~0 must have a name of lower-case letters a-z and digits only",
                        "/type is required",
                        "/source must be a URI reference (RFC 3986), not empty",
                        "/specversion must be 1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1.0", "1e2", "2147483648", "-2147483649"})
    void refusesExtensionsThatTheTypeSystemDoesNotHave(String value) {
        assertThat(wrongWith("\"ext\":" + value))
                .containsExactly("/ext must be a string, a boolean or a whole number of 32 bits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0000",
                "\\u001f",
                "\\u007f",
                "\\u009f",
                "\\ud800",
                "\\udc00 x",
                "\\ufdd0",
                "\\ufffe",
                "\\ud83f\\udffe"
            })
    void refusesCharactersThatNoAttributeMayHave(String character) {
        assertThat(wrongWith("\"ext\":\"" + character + "\""))
                .containsExactly(
                        "/ext must have no control characters, lone surrogates or"
                                + " non-characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-01T12:00:00Z",
                "2026-11-01t12:00:00.123456789012z",
                "2026-11-01T12:00:00-00:00",
                "2026-12-31T23:59:60Z",
                "2027-01-01T00:59:60+01:00"
            })
    void takesTimesOfRfc3339(String time) {
        assertThat(opened("\"time\":\"" + time + "\"").attribute("time")).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "today",
                "2026-11-01",
                "2026-11-01T12:00Z",
                "2026-11-01T12:00:00",
                "2026-11-01T12:00:00+01",
                "2026-11-01 12:00:00Z",
                "2026-02-30T12:00:00Z",
                "2026-11-01T12:00:60Z",
                "2026-11-01T24:00:00Z"
            })
    void refusesOtherTimes(String time) {
        assertThat(wrongWith("\"time\":\"" + time + "\""))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("/time ");
    }

    @ParameterizedTest
    @CsvSource({
        "subject, ''",
        "dataschema, ''",
        "dataschema, relative/schema",
        "datacontenttype, ''",
        "datacontenttype, json",
        "datacontenttype, a/b;c",
    })
    void refusesOptionalAttributesThatBreakTheirRule(String name, String value) {
        assertThat(wrongWith("\"%s\":\"%s\"".formatted(name, value))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:uuid:6e8bc430",
                "https://acme.example/a?b#c",
                "../x",
                "é",
                "a b",
                "%zz"
            })
    void takesForASourceWhatIsAUriReference(String source) {
        String json = "{" + REQUIRED.replace("/shop", source) + "}";
        if (source.matches("[!-~]*") && !source.contains("%zz")) {
            assertThat(read(json).source()).isEqualTo(source);
        } else {
            assertThat(wrong(json)).hasSize(1);
        }
    }

    @Test
    void takesNamesOfAnyLength() {
        String name = "a1".repeat(40);

        assertThat(opened("\"" + name + "\":\"x\"").attribute(name)).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}{}", "{\"id\":\"a\",\"id\":\"b\"}", "{'id':1}", "x"})
    void refusesWhatIsNotOneJsonValue(String json) {
        assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(json));
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThat(wrong("[{}]")).containsExactly("must be a JSON object");
        assertThat(wrong("5")).containsExactly("must be a JSON object");
    }
}
