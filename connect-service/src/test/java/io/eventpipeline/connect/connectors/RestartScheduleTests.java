package io.eventpipeline.connect.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pauses grow with every failure up to a limit, and a long good run starts them anew. */
class RestartScheduleTests {

    private static final Member TASK = new Member("orders-to-file", 0);
    private static final Member OTHER_TASK = new Member("orders-to-file", 1);
    private static final int LIMIT = 5;
    private static final String REVISION = "0/1";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RestartSchedule schedule =
            new RestartSchedule(
                    new RestartProperties(
                            true,
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(1),
                            LIMIT));

    @Test
    void waitsBeforeTheFirstRestart() {
        assertThat(isDue(TASK, NOON)).isFalse();
        assertThat(isDue(TASK, NOON.plusMillis(1_999))).isFalse();
        assertThat(isDue(TASK, NOON.plusSeconds(2))).isTrue();
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
        isDue(TASK, NOON);

        assertThat(isDue(TASK, NOON.plusSeconds(3))).isTrue();
        assertThat(isDue(TASK, NOON.plusSeconds(4))).isTrue();
    }

    @Test
    void keepsThePauseForOneThatFailsAgainSoon() {
        failAndRestart(NOON);
        schedule.isWell(TASK, REVISION, NOON.plusSeconds(20));

        assertThat(failAndRestart(NOON.plusSeconds(30))).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void forgetsThePastOfOneThatRanLongEnough() {
        failAndRestart(NOON);
        schedule.isWell(TASK, REVISION, NOON.plusSeconds(63));

        assertThat(failAndRestart(NOON.plusSeconds(90))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void countsEachTaskByItself() {
        failAndRestart(NOON);
        failAndRestart(NOON.plusSeconds(10));

        assertThat(isDue(OTHER_TASK, NOON.plusSeconds(20))).isFalse();
        assertThat(isDue(OTHER_TASK, NOON.plusSeconds(22))).isTrue();
    }

    @Test
    void givesUpAtItsLimitWithTheFirstCause() {
        schedule.isDue(TASK, REVISION, "the database is away", NOON);
        for (int i = 0; i < LIMIT; i++) {
            failAndRestart(NOON.plusSeconds(10L * i));
        }

        assertThat(isDue(TASK, NOON.plusSeconds(100_000))).isFalse();
        assertThat(schedule.failures().get(TASK))
                .isEqualTo(
                        new Failures(LIMIT, "the database is away", "it failed", NOON, null, true));
    }

    @Test
    void beginsAnewWhenSomebodyHasActed() {
        for (int i = 0; i < LIMIT; i++) {
            failAndRestart(NOON.plusSeconds(10L * i));
        }

        assertThat(schedule.isDue(TASK, "1/1", "it failed", NOON.plusSeconds(200))).isFalse();
        assertThat(schedule.isDue(TASK, "1/1", "it failed", NOON.plusSeconds(202))).isTrue();
        assertThat(schedule.failures().get(TASK))
                .isNotNull()
                .extracting(Failures::restarts)
                .isEqualTo(0);
    }

    @Test
    void forgetsWhoIsNoMore() {
        failAndRestart(NOON);

        schedule.retain(Set.of(OTHER_TASK));

        assertThat(schedule.failures()).isEmpty();
    }

    private boolean isDue(Member member, Instant now) {
        return schedule.isDue(member, REVISION, "it failed", now);
    }

    /** Lets the task fail, and restarts it when it is due. */
    private Duration failAndRestart(Instant failedAt) {
        Instant now = failedAt;
        while (!isDue(TASK, now)) {
            now = now.plusMillis(100);
        }
        schedule.restarted(TASK, now);
        return Duration.between(failedAt, now);
    }
}
