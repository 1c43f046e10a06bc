package io.eventpipeline.systemtests;

import io.eventpipeline.systemtests.checkers.GuaranteeSuite;
import io.eventpipeline.systemtests.faults.FaultWindow;
import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.Leg;
import io.eventpipeline.systemtests.history.StoredOffset;
import io.eventpipeline.systemtests.load.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run.
 *
 * @param seed what the run followed from
 * @param history what happened
 * @param faults what was broken, and when
 * @param sent how many different orders were sent
 * @param repeatedOverRest how many were sent again over REST after their answer
 * @param copied how many copies were written straight to the topic
 * @param refusals requests that did not end in 200, by how they ended
 * @param untilQuiet from the last answer to no lag; absent if the lag stayed
 */
record RunReport(
        Seed seed,
        History history,
        List<FaultWindow> faults,
        int sent,
        int repeatedOverRest,
        int copied,
        Map<String, Integer> refusals,
        @Nullable Duration untilQuiet) {

    /** The figures as a page of text. */
    String text(GuaranteeSuite suite) {
        Map<String, Integer> breaches = suite.countBreaches(history);
        StringBuilder text = new StringBuilder();
        line(text, "seed", seed.value());
        line(text, "orders sent", sent);
        line(text, "answered 200", history.acknowledged().size());
        line(text, "requests not answered 200, sent again", refusals);
        line(text, "sent again over REST after the answer", repeatedOverRest);
        line(text, "copies written straight to the topic", copied);
        for (Leg leg : history.legs()) {
            line(text, leg.table() + ": committed records in the topic", leg.records().size());
            line(text, leg.table() + ": rows", leg.rows().size());
            line(text, leg.table() + ": dropped as repeats", dropped(leg));
        }
        line(text, "lost", breaches.getOrDefault("NothingLostChecker", 0));
        line(text, "stored more than once", breaches.getOrDefault("OnceChecker", 0));
        line(text, "out of order", breaches.getOrDefault("CustomerOrderChecker", 0));
        line(text, "writes of zombies refused", history.zombieWritesRefused());
        line(
                text,
                "from the last answer to no lag",
                untilQuiet == null ? "the lag stayed" : seconds(untilQuiet));
        line(text, "checkers that went red", breaches);
        for (FaultWindow fault : faults) {
            line(
                    text,
                    fault.fault(),
                    "longest wait for an answer %s, from there for a row %s, for a shipment %s; caught up %s after it was healed"
                            .formatted(
                                    seconds(fault.longestWaitForAnAnswer(history.acknowledged())),
                                    seconds(
                                            fault.longestWaitForARow(
                                                    history.acknowledged(), history.orders())),
                                    seconds(
                                            fault.longestWaitForARow(
                                                    history.acknowledged(), history.shipments())),
                                    seconds(fault.catchingUp())));
        }
        return text.toString();
    }

    private long dropped(Leg leg) {
        return history.storedOffsets().stream()
                .filter(offset -> offset.topic().equals(leg.topic()))
                .mapToLong(StoredOffset::repeats)
                .sum();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append("  %-56s %s%n".formatted(name, value));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
