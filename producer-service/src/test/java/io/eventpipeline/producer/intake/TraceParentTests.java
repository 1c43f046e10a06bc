package io.eventpipeline.producer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a trace context that others can read goes on. */
class TraceParentTests {

    @Test
    void keepsAValidOne() {
        String valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        assertThat(TraceParent.validOrNull(valid)).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"
            })
    void ignoresAnythingElse(String header) {
        assertThat(TraceParent.validOrNull(header)).isNull();
    }
}
