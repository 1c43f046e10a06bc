package io.eventpipeline.connect.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.connect.connectors.RestartSchedule.Member;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Pauses grow with every failure up to a limit, and a long good run starts them anew. */
class RestartScheduleTests {

    private static final Member TASK = new Member("orders-to-file", 0);
    private static final Member OTHER_TASK = new Member("orders-to-file", 1);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RestartSchedule schedule =
            new RestartSchedule(
                    new RestartProperties(
                            true,
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(1)));

    @Test
    void waitsBeforeTheFirstRestart() {
        assertThat(schedule.isDue(TASK, NOON)).isFalse();
        assertThat(schedule.isDue(TASK, NOON.plusMillis(1_999))).isFalse();
        assertThat(schedule.isDue(TASK, NOON.plusSeconds(2))).isTrue();
    }

    @Test
    void doublesThePauseUpToItsLimit() {
        assertThat(failAndRestart(NOON)).isEqualTo(Duration.ofSeconds(2));
        assertThat(failAndRestart(NOON.plusSeconds(10))).isEqualTo(Duration.ofSeconds(4));
        assertThat(failAndRestart(NOON.plusSeconds(20))).isEqualTo(Duration.ofSeconds(5));
        assertThat(failAndRestart(NOON.plusSeconds(30))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void asksAgainWhileARestartWasNotTaken() {
        schedule.isDue(TASK, NOON);

        assertThat(schedule.isDue(TASK, NOON.plusSeconds(3))).isTrue();
        assertThat(schedule.isDue(TASK, NOON.plusSeconds(4))).isTrue();
    }

    @Test
    void keepsThePauseForOneThatFailsAgainSoon() {
        failAndRestart(NOON);
        schedule.isWell(TASK, NOON.plusSeconds(20));

        assertThat(failAndRestart(NOON.plusSeconds(30))).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void forgetsThePastOfOneThatRanLongEnough() {
        failAndRestart(NOON);
        schedule.isWell(TASK, NOON.plusSeconds(63));

        assertThat(failAndRestart(NOON.plusSeconds(90))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void countsEachTaskByItself() {
        failAndRestart(NOON);
        failAndRestart(NOON.plusSeconds(10));

        assertThat(schedule.isDue(OTHER_TASK, NOON.plusSeconds(20))).isFalse();
        assertThat(schedule.isDue(OTHER_TASK, NOON.plusSeconds(22))).isTrue();
    }

    /** Lets the task fail, and restarts it when it is due. */
    private Duration failAndRestart(Instant failedAt) {
        Instant now = failedAt;
        while (!schedule.isDue(TASK, now)) {
            now = now.plusMillis(100);
        }
        schedule.restarted(TASK, now);
        return Duration.between(failedAt, now);
    }
}
