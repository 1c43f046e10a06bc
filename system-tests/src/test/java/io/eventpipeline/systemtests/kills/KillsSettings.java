package io.eventpipeline.systemtests.kills;

import java.time.Duration;

/**
 * How large a run is.
 *
 * @param kills how many kills, of instances and brokers in turn
 * @param rate orders a second, and as many page views
 * @param questions questions a second
 * @param waiting how many of them may wait for an answer; then none is asked
 * @param session after what silence an instance is taken for dead
 * @param interval from one kill to the next
 * @param strict whether the promised times are demanded, too: an instance's keys are answered by a
 *     standby within 5 s, and by an active instance within the session and 5 s
 */
public record KillsSettings(
        int kills,
        int rate,
        int questions,
        int waiting,
        Duration session,
        Duration interval,
        boolean strict) {

    private static final int FEW = 2;

    /** What instances have by default; a busy machine needs it. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    private static final Duration SPAN = Duration.ofHours(12);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(3);

    /** What {@code system-tests.kills}, {@code .rate} and {@code .questions} say. */
    public static KillsSettings fromProperties() {
        int kills = Integer.getInteger("system-tests.kills", FEW);
        boolean few = kills <= FEW;
        return new KillsSettings(
                kills,
                Integer.getInteger("system-tests.rate", few ? 50 : 100),
                Integer.getInteger("system-tests.questions", few ? 100 : 300),
                few ? 50 : 2_000,
                SESSION,
                few ? Duration.ofSeconds(8) : Duration.ofSeconds(20),
                !few);
    }

    /** How far event time moves from one view to the next, about: a run has half a day of it. */
    Duration step() {
        Duration step = SPAN.dividedBy(Math.max(1, kills * interval.toSeconds() * rate));
        return step.compareTo(LONGEST_STEP) < 0 ? step : LONGEST_STEP;
    }
}
