package io.eventpipeline.streams.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is refused with the form that is wanted. */
class ParametersTests {

    private static final Instant TWO_PAST_ONE = Instant.parse("2026-11-20T13:02:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T13:02:00Z",
                "2026-11-20T14:02:00+01:00",
                "2026-11-20T14:02:00 01:00",
                "2026-11-20T08:02-05:00"
            })
    void readsTimesOfAllZones(String text) {
        assertThat(Parameters.instant("from", text)).isEqualTo(TWO_PAST_ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T14:02:00", "yesterday", "", "1700000000000", "2026-11-20"})
    void saysWhatATimeLooksLike(String text) {
        assertThatThrownBy(() -> Parameters.instant("from", text))
                .hasMessageContaining("from must be a time with its offset from UTC")
                .hasMessageContaining("2026-11-20T14:02:00+01:00")
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0001-01-01T00:00:00Z", "+99999-01-01T00:00:00Z"})
    void refusesTimesThatNoStoreCanHave(String text) {
        assertThatThrownBy(() -> Parameters.instant("to", text))
                .hasMessageContaining("to must be between 1970-01-01T00:00:00Z and 9999");
    }

    @Test
    void readsDurations() {
        assertThat(Parameters.duration("maxStaleness", "PT10S")).isEqualTo(Duration.ofSeconds(10));
        assertThat(Parameters.duration("maxStaleness", "PT0S")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10s", "-PT1S", ""})
    void saysWhatADurationLooksLike(String text) {
        assertThatThrownBy(() -> Parameters.duration("maxStaleness", text))
                .hasMessageContaining("maxStaleness must be an ISO-8601 duration such as PT10S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "ten", "1.5", "99999999999"})
    void saysWhichNumbersThereAre(String text) {
        assertThatThrownBy(() -> Parameters.number("limit", text, 1, 100))
                .hasMessageContaining("limit must be a whole number from 1 to 100")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void asksForTheLastHourIfNothingElseIsSaid() {
        assertThat(TimeRange.of(null, null, TWO_PAST_ONE))
                .isEqualTo(new TimeRange(TWO_PAST_ONE.minusSeconds(3_600), TWO_PAST_ONE));
        assertThat(TimeRange.of(null, "1970-01-01T00:00:01Z", TWO_PAST_ONE).from())
                .isEqualTo(Instant.EPOCH);
    }

    @Test
    void refusesARangeThatEndsBeforeItBegins() {
        assertThatThrownBy(() ->
                        TimeRange.of("2026-11-20T13:02:01Z", "2026-11-20T13:02:00Z", TWO_PAST_ONE))
                .hasMessageContaining("from must not be after to");
    }
}
