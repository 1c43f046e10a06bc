package io.eventpipeline.systemtests.bulk;

import java.time.Duration;

/**
 * How large a run is.
 *
 * @param orders how many orders are sent, or a few more until everything was broken once
 * @param rate orders a second, if the machine can
 * @param session after what silence an instance is taken for dead
 * @param interval from one fault to the next, if the first is healed by then
 * @param outage how long a database that was stopped stays away
 * @param cuts how many connections a fault of that kind cuts
 * @param patient whether a fault is healed before the next one strikes, and who was killed stays
 *     away until others have taken over
 */
public record BulkSettings(
        int orders,
        int rate,
        Duration session,
        Duration interval,
        Duration outage,
        int cuts,
        boolean patient) {

    private static final int LARGE = 200_000;

    /** What the system properties {@code system-tests.orders} and {@code .rate} say. */
    public static BulkSettings fromProperties() {
        int orders = Integer.getInteger("system-tests.orders", 15_000);
        return orders < LARGE
                ? new BulkSettings(
                        orders,
                        rate(500),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1),
                        2,
                        false)
                : new BulkSettings(
                        orders,
                        rate(4_000),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5),
                        6,
                        true);
    }

    /** For restarts under load, with the session that instances have by default. */
    public static BulkSettings forRestarts() {
        return new BulkSettings(
                0, rate(1_000), Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO, 0, true);
    }

    private static int rate(int usual) {
        return Integer.getInteger("system-tests.rate", usual);
    }
}
