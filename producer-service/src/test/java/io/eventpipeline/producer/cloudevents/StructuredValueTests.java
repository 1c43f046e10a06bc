package io.eventpipeline.producer.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What came in binary mode is written in the JSON format so that the same event is read again. */
class StructuredValueTests {

    private static String structured(@Nullable String mediaType, byte @Nullable [] data) {
        return new String(
                StructuredValue.of(
                        new ReceivedEvent(Map.of("id", "e \"1\""), mediaType, data, null)),
                UTF_8);
    }

    @Test
    void keepsJsonAsItStands() {
        assertThat(structured("a/b+json", "{\"price\": 1.50}".getBytes(UTF_8)))
                .isEqualTo(
                        "{\"id\":\"e \\\"1\\\"\",\"datacontenttype\":\"a/b+json\","
                                + "\"data\":{\"price\": 1.50}}");
    }

    @Test
    void writesEverythingElseAsBase64() {
        assertThat(structured("text/plain", "hi".getBytes(UTF_8)))
                .endsWith("\"data_base64\":\"aGk=\"}");
        assertThat(structured(null, new byte[] {(byte) 0xFF}))
                .endsWith("\"data_base64\":\"/w==\"}");
        assertThat(structured("application/json", "{".getBytes(UTF_8)))
                .endsWith("\"data_base64\":\"ew==\"}");
    }

    @Test
    void leavesOutDataThatIsNotThere() {
        assertThat(structured(null, null)).isEqualTo("{\"id\":\"e \\\"1\\\"\"}");
    }
}
