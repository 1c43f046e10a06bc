package io.eventpipeline.producer.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.cloudevents.ContentMode.MediaTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mode is told by the media type alone, whatever its case (HTTP binding, section 3). */
class ContentModeTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    application/cloudevents-batch+json                | BATCHED
                    Application/CloudEvents-BATCH+json; charset=utf-8 | BATCHED
                    application/cloudevents-batch+avro                | BATCHED
                    application/cloudevents+json                      | STRUCTURED
                    APPLICATION/CLOUDEVENTS+JSON;charset=UTF-8        | STRUCTURED
                    application/cloudevents+avro                      | STRUCTURED
                    application/cloudevents                           | STRUCTURED
                    application/json                                  | BINARY
                    text/plain; note=application/cloudevents+json     | BINARY
                    """)
    void followsTheMediaType(String contentType, ContentMode mode) {
        assertThat(ContentMode.of(contentType)).isEqualTo(mode);
    }

    @Test
    void isBinaryWithoutAMediaType() {
        assertThat(ContentMode.of(null)).isEqualTo(ContentMode.BINARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+avro",
                "application/cloudevents",
                "application/cloudevents-batch",
                "application/cloudevents-batch+protobuf",
                "application/cloudeventsx+json"
            })
    void knowsNoOtherFormatThanJson(String contentType) {
        assertThat(ContentMode.of(contentType).isJson(contentType)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "text/JSON;charset=utf-8, true",
        "application/vnd.acme.order+json, true",
        "application/xml, false",
        "text/plain; a=b/json, false",
        "application/jsonp, false"
    })
    void knowsWhichMediaTypesDeclareJson(String mediaType, boolean json) {
        assertThat(MediaTypes.isJson(mediaType)).isEqualTo(json);
    }
}
