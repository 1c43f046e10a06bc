package io.eventpipeline.standalone.sending;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A reader recognises what a sender wrote, and nothing else. */
class NumberedRecordTests {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final RunId RUN = RunId.begunAt(NOON, new Random(1));

    @Test
    void valueTellsRunAndNumber() {
        byte[] value = NumberedRecord.value(RUN, 123_456, 200);

        assertThat(value).hasSize(200);
        assertThat(NumberedRecord.parse(value)).contains(new NumberedRecord(RUN, 123_456, true));
    }

    @Test
    void valueThatIsTooSmallForItsNumberIsLarger() {
        assertThat(NumberedRecord.parse(NumberedRecord.value(RUN, 7, 1)))
                .contains(new NumberedRecord(RUN, 7, true));
    }

    @Test
    void largeValueIsRecognised() {
        assertThat(NumberedRecord.parse(NumberedRecord.value(RUN, 7, 900_000)))
                .contains(new NumberedRecord(RUN, 7, true));
    }

    @Test
    void changedValueIsNotIntact() {
        byte[] value = NumberedRecord.value(RUN, 5, 100);
        value[99] = '?';

        assertThat(NumberedRecord.parse(value)).contains(new NumberedRecord(RUN, 5, false));
    }

    @Test
    void otherRecordsAreNotOurs() {
        assertThat(NumberedRecord.parse(null)).isEmpty();
        for (String other :
                new String[] {
                    "",
                    "verify",
                    "verify ",
                    "verify   ",
                    "verify that 5 is more than 4",
                    "verify " + RUN + " ",
                    "verify " + RUN + " 12",
                    "verify " + RUN + " 12a ",
                    "verify " + RUN + " 99999999999 "
                }) {
            assertThat(NumberedRecord.parse(other.getBytes(UTF_8))).as(other).isEmpty();
        }
    }

    @Test
    void runTellsWhenItBegan() {
        assertThat(RunId.parse(RUN.value()).orElseThrow().began()).isEqualTo(NOON);
        assertThat(RunId.parse("yesterday")).isEmpty();
    }
}
