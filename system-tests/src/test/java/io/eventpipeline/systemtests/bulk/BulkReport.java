package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.systemtests.bulk.RollingRestart.Moves;
import io.eventpipeline.systemtests.checkers.Findings;
import io.eventpipeline.systemtests.history.OffsetMove;
import io.eventpipeline.systemtests.load.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures of a run, and what broke a promise. */
public final class BulkReport {

    private final Seed seed;
    private final BulkSettings settings;
    private final Findings findings;
    private final List<BulkFaultWindow> windows;
    private final List<Moves> partitionMoves;
    private final List<OffsetMove> moves;
    private final Counts counts;
    private final @Nullable Duration stored;
    private final @Nullable Duration archived;

    /**
     * What was counted.
     *
     * @param acknowledged different orders that a broker acknowledged
     * @param copiesSent how many were sent again
     * @param unacknowledged records that the producer gave up
     * @param inTopic records in the topic
     * @param copiesInTopic of these, copies
     * @param stored rows
     * @param archived records in the archive
     * @param refused slices refused to zombies
     * @param refusedByArchive files that the archive refused for the same reason
     * @param unknown commits of unknown outcome, as the instances saw them
     * @param cutAfterCommit commits whose answer was cut off
     */
    record Counts(
            long acknowledged,
            long copiesSent,
            long unacknowledged,
            long inTopic,
            long copiesInTopic,
            long stored,
            long archived,
            long refused,
            long refusedByArchive,
            long unknown,
            long cutAfterCommit) {}

    BulkReport(
            Seed seed,
            BulkSettings settings,
            Findings findings,
            List<BulkFaultWindow> windows,
            List<Moves> partitionMoves,
            List<OffsetMove> moves,
            Counts counts,
            @Nullable Duration stored,
            @Nullable Duration archived) {
        this.seed = seed;
        this.settings = settings;
        this.findings = findings;
        this.windows = windows;
        this.partitionMoves = partitionMoves;
        this.moves = moves;
        this.counts = counts;
        this.stored = stored;
        this.archived = archived;
    }

    /** The figures as a page of text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "seed", seed.value());
        line(text, "orders a second, wanted", settings.rate());
        line(text, "acknowledged", counts.acknowledged());
        line(text, "sent again with the same identity", counts.copiesSent());
        line(text, "given up by the producer", counts.unacknowledged());
        line(
                text,
                "records in the topic, copies among them",
                counts.inTopic() + ", " + counts.copiesInTopic());
        line(text, "stored", counts.stored());
        line(text, "archived", counts.archived());
        line(text, "repeated", findings.count(RowChecks.ONCE) + findings.count(LogChecks.REPEATS));
        line(text, "lost", findings.count(RowChecks.LOST));
        line(text, "out of order", findings.count(RowChecks.ORDER));
        line(text, "zombie writes refused", counts.refused());
        line(text, "files of zombies refused by the archive", counts.refusedByArchive());
        line(text, "commits whose answer was cut off", counts.cutAfterCommit());
        line(text, "commits of unknown outcome, by the instances", counts.unknown());
        line(text, "from the last order to no lag in the table", seconds(stored));
        line(text, "from the last order to no lag in the archive", seconds(archived));
        line(text, "broken promises", findings.counts());
        for (BulkFaultWindow window : windows) {
            Optional<Duration> takeover = window.takeover(moves);
            line(
                    text,
                    window.fault(),
                    "healed after %s, caught up %s later%s"
                            .formatted(
                                    seconds(Duration.between(window.struck(), window.healed())),
                                    seconds(window.catchingUp(moves).orElse(null)),
                                    takeover.map(time ->
                                                    "; others stored on after " + seconds(time))
                                            .orElse("")));
        }
        for (Moves one : partitionMoves) {
            line(
                    text,
                    one.what(),
                    "%d partitions had to move, %d moved; the others gave back %d"
                            .formatted(one.needed(), one.moved(), one.revoked()));
        }
        return text.toString();
    }

    /**
     * Demands that every promise was kept and that no partition moved for nothing.
     *
     * @throws AssertionError with what was broken
     */
    public void verifyRestarts() {
        for (Moves one : partitionMoves) {
            findings.require(
                    one.moved() == one.needed(),
                    "no partition moves between instances that stay",
                    "%s",
                    one);
        }
        findings.verifyNone();
    }

    /**
     * Demands that every promise was kept, and that the run was one that could break them.
     *
     * @throws AssertionError with what was broken
     */
    public void verify() {
        findings.require(
                counts.refused() > 0,
                "a zombie wrote and was refused, else the run does not count",
                "no write was refused");
        findings.require(
                counts.cutAfterCommit() > 0,
                "a commit's answer was cut off, else the run does not count",
                "none was");
        findings.verifyNone();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append("  %-56s %s%n".formatted(name, value));
    }

    private static String seconds(@Nullable Duration duration) {
        return duration == null
                ? "for ever"
                : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
