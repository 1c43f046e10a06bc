package io.eventpipeline.producer.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.Violation;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.ErrorResponseException;

/** Binary mode: each header an attribute, the body the data (HTTP binding, section 3.1). */
class BinaryEventReaderTests {

    private static final byte[] NO_DATA = {};

    private static MockHttpServletRequest opened() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/events");
        Map.of("ce-specversion", "1.0", "ce-id", "e-1", "ce-source", "/shop", "ce-type", "opened")
                .forEach(request::addHeader);
        return request;
    }

    private static MockHttpServletRequest opened(String header, String value) {
        MockHttpServletRequest request = opened();
        request.addHeader(header, value);
        return request;
    }

    @Test
    void readsEachHeaderAsAnAttributeWhateverItsCase() {
        MockHttpServletRequest request = opened("CE-Subject", "J%C3%BCrgen%20%22K%22");
        request.addHeader("ce-myext1", "\"two words\"");
        request.addHeader("Content-Type", "image/png");

        ReceivedEvent event = BinaryEventReader.read(request, new byte[] {1, 2});

        assertThat(event.attributes())
                .containsOnly(
                        Map.entry("specversion", "1.0"),
                        Map.entry("id", "e-1"),
                        Map.entry("source", "/shop"),
                        Map.entry("type", "opened"),
                        Map.entry("subject", "Jürgen \"K\""),
                        Map.entry("myext1", "two words"));
        assertThat(event.dataContentType()).isEqualTo("image/png");
        assertThat(event.data()).containsExactly(1, 2);
    }

    @Test
    void leavesTheMediaTypeOutWhereThereIsNone() {
        ReceivedEvent event = BinaryEventReader.read(opened(), "raw".getBytes(UTF_8));

        assertThat(event.dataContentType()).isNull();
        assertThat(event.data()).isEqualTo("raw".getBytes(UTF_8));
    }

    @Test
    void hasNoDataWithoutABody() {
        assertThat(BinaryEventReader.read(opened(), NO_DATA).data()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-id", "ce-source", "ce-specversion", "ce-type"})
    void refusesAnEventWithoutOneOfTheRequiredHeaders(String missing) {
        MockHttpServletRequest request = opened();
        request.removeHeader(missing);

        assertThat(BinaryEventReader.isMeant(request)).isTrue();
        InvalidEventException refused =
                catchThrowableOfType(
                        InvalidEventException.class,
                        () -> BinaryEventReader.read(request, NO_DATA));
        assertThat(Objects.requireNonNull(refused).violations())
                .containsExactly(
                        new Violation("/" + missing.substring("ce-".length()), "is required"));
    }

    @Test
    void isNotMeantWhereNoRequiredHeaderIs() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/events");
        request.addHeader("ce-myext", "1");

        assertThat(BinaryEventReader.isMeant(request)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ce-datacontenttype, text/plain, Content-Type",
        "ce-subject, %C0%A0, UTF-8",
        "ce-subject, 100%, %25",
        "ce-my-ext, x, lower-case",
        "ce-data, x, not the name of an attribute",
        "ce-data_base64, eA==, lower-case",
        "ce-id, e-2, more than once"
    })
    void refusesHeadersThatBreakTheBinding(String header, String value, String reason) {
        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(() -> BinaryEventReader.read(opened(header, value), NO_DATA))
                .satisfies(refused -> assertThat(refused.getStatusCode().value()).isEqualTo(400))
                .extracting(refused -> refused.getBody().getDetail())
                .asString()
                .contains("'" + header + "'")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "ce-time, yesterday, /time",
        "ce-dataschema, relative, /dataschema",
        "ce-subject, \"\", /subject",
        "ce-myext, %01, /myext",
        "Content-Type, json, /datacontenttype"
    })
    void refusesAttributesThatBreakTheCoreSpecification(
            String header, String value, String pointer) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> BinaryEventReader.read(opened(header, value), NO_DATA))
                .satisfies(refused ->
                        assertThat(refused.violations())
                                .extracting(Violation::pointer)
                                .containsExactly(pointer));
    }
}
