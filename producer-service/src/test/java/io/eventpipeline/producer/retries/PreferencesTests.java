package io.eventpipeline.producer.retries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTests {

    private static final Duration DEADLINE = Duration.ofSeconds(9);

    private static Preferences read(String... fields) {
        return Preferences.of(Collections.enumeration(List.of(fields)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "respond-async",
                "Respond-Async",
                "wait=5, respond-async",
                "respond-async; foo=bar"
            })
    void knowsRespondAsyncInAllItsForms(String field) {
        assertThat(read(field).respondAsync()).isTrue();
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        assertThat(read("handling=lenient", "wait=soon, respond-asynchronously"))
                .isEqualTo(new Preferences(false, null));
    }

    @Test
    void waitsNoLongerThanTheClientWants() {
        assertThat(read("wait=2").within(DEADLINE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(read("handling=strict", "wait = 3").within(DEADLINE))
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void ignoresThatNobodyWantsToWaitAtAll() {
        assertThat(read("wait=0").within(DEADLINE)).isEqualTo(DEADLINE);
        assertThat(read("respond-async, wait=0")).isEqualTo(new Preferences(true, null));
    }

    @Test
    void waitsNoLongerThanTheServiceDoes() {
        assertThat(read("wait=60").within(DEADLINE)).isEqualTo(DEADLINE);
        assertThat(read().within(DEADLINE)).isEqualTo(DEADLINE);
    }
}
