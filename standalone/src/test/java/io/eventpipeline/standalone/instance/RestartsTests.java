package io.eventpipeline.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A service that dies now and then is started again, one that always dies is not. */
class RestartsTests {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));
    private final Restarts restarts = new Restarts(now::get);

    @Test
    void fourthDeathWithinFiveMinutesIsOneTooMany() {
        for (int death = 1; death <= Restarts.MOST; death++) {
            assertThat(restarts.allowed("streams-service")).isTrue();
        }

        assertThat(restarts.allowed("streams-service")).isFalse();
        assertThat(restarts.allowed("producer-service")).isTrue();
    }

    @Test
    void oldDeathsDoNotCount() {
        for (int death = 1; death <= 3 * Restarts.MOST; death++) {
            assertThat(restarts.allowed("streams-service")).isTrue();
            now.updateAndGet(time -> time.plus(Restarts.WITHIN.dividedBy(2)));
        }
    }
}
