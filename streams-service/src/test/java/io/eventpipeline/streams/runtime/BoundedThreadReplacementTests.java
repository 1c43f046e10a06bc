package io.eventpipeline.streams.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.junit.jupiter.api.Test;

/** A dead thread is replaced, but not for ever. */
class BoundedThreadReplacementTests {

    private final MovableClock clock = new MovableClock();
    private final BoundedThreadReplacement handler = new BoundedThreadReplacement(clock);

    @Test
    void replacesAThreadSomeTimesAndThenStopsTheClient() {
        for (int i = 0; i < BoundedThreadReplacement.REPLACEMENTS; i++) {
            assertThat(handler.handle(new IllegalStateException())).isEqualTo(REPLACE_THREAD);
        }
        assertThat(handler.handle(new IllegalStateException())).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void forgetsFailuresThatAreLongPast() {
        for (int i = 0; i < 3 * BoundedThreadReplacement.REPLACEMENTS; i++) {
            clock.now = clock.now.plus(BoundedThreadReplacement.WINDOW.dividedBy(4));
            assertThat(handler.handle(new IllegalStateException())).isEqualTo(REPLACE_THREAD);
        }
    }

    @Test
    void doesNotReplaceAThreadWhenAnotherWouldFailAlike() {
        assertThat(handler.handle(new MissingSourceTopicException("gone")))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.EPOCH.plus(Duration.ofDays(1));

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
