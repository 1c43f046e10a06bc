package io.eventpipeline.producer.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.ratelimits.Quota.Policy;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A token bucket that may be overdrawn: who comes while something is left is charged in full. */
class QuotaTests {

    private final Clock clock = new Clock();
    private final Quota quota =
            new Quota(
                    new Policy("client-records", Policy.RECORDS, 10, Duration.ofSeconds(2)), clock);

    private static final class Clock implements TimeMeter {
        private long nanos = 1;

        void passes(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Test
    void hasItsBurstAtFirst() {
        assertThat(quota.charge(19)).isZero();
        assertThat(quota.isUsedUp()).isFalse();
        assertThat(quota.charge(1)).isZero();
        assertThat(quota.isUsedUp()).isTrue();
    }

    @Test
    void takesMoreThanThereIsAndThenWaitsForAllOfIt() {
        assertThat(Duration.ofNanos(quota.charge(50))).isEqualTo(Duration.ofSeconds(3));

        clock.passes(Duration.ofMillis(2_999));
        assertThat(quota.isUsedUp()).isTrue();
        clock.passes(Duration.ofMillis(101));
        assertThat(quota.isUsedUp()).isFalse();
    }

    @Test
    void savesNoMoreThanItsBurst() {
        clock.passes(Duration.ofHours(1));

        assertThat(quota.charge(20)).isZero();
        assertThat(quota.isUsedUp()).isTrue();
    }

    @Test
    void tellsInFieldsOfTheDraftWhatIsLeft() {
        assertThat(quota.policy().field()).isEqualTo("\"client-records\";q=20;qu=\"records\";w=2");
        assertThat(quota.field()).isEqualTo("\"client-records\";r=20;t=0");

        quota.charge(5);
        assertThat(quota.field()).isEqualTo("\"client-records\";r=15;t=1");

        quota.charge(55);
        assertThat(quota.field()).isEqualTo("\"client-records\";r=0;t=5");
        assertThat(quota.secondsToWait()).isEqualTo(5);
    }
}
