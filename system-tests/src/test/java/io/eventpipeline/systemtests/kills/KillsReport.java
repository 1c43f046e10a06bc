package io.eventpipeline.systemtests.kills;

import io.eventpipeline.systemtests.checkers.Findings;
import io.eventpipeline.systemtests.kills.Asker.Answer;
import io.eventpipeline.systemtests.load.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The figures of a run, and what broke a promise.
 *
 * @param seed repeats the run
 * @param settings its size
 * @param counts what was counted
 * @param kills what was killed
 * @param answers all answers, in the order of their coming
 * @param findings what broke a promise
 */
public record KillsReport(
        Seed seed,
        KillsSettings settings,
        Counts counts,
        List<Kill> kills,
        List<Answer> answers,
        Findings findings) {

    static final String WRONG = "no answer is wrong";

    private static final String IN_TIME = "lost keys are answered again in time";
    private static final Duration STANDBY_WITHIN = Duration.ofSeconds(5);
    private static final Duration BEYOND_SESSION = Duration.ofSeconds(5);

    /**
     * What was counted.
     *
     * @param acknowledged orders
     * @param unacknowledged records of any kind that the producer gave up
     * @param shipped different orders with a shipment
     * @param sameIdentity shipments that have the identity of an earlier one
     * @param windows windows of all kinds whose final counts were compared
     */
    record Counts(
            long acknowledged,
            long unacknowledged,
            long shipped,
            long sameIdentity,
            long windows) {}

    /** The figures as a page of text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "seed", seed.value());
        line(text, "orders acknowledged, shipped", counts.acknowledged() + ", " + counts.shipped());
        line(text, "records that the producer gave up", counts.unacknowledged());
        line(text, "orders lost", findings.count(OutputChecks.LOST));
        line(
                text,
                "shipments doubled, of these with one identity",
                findings.count(OutputChecks.DOUBLED) + ", " + counts.sameIdentity());
        line(text, "records out of order", findings.count(OutputChecks.ORDER));
        line(
                text,
                "windows compared, different, told twice",
                "%d, %d, %d"
                        .formatted(
                                counts.windows(),
                                findings.count(OutputChecks.WINDOWS),
                                findings.count(OutputChecks.FINAL_ONCE)));
        line(text, "questions, a second wanted", answers.size() + ", " + settings.questions());
        line(text, "answers by status, 0 for none", statuses());
        line(text, "answers by role", roles());
        line(text, "wrong answers", findings.count(WRONG));
        line(text, "broken promises", findings.counts());
        for (Kill kill : kills) {
            line(text, kill.what(), figures(kill));
        }
        return text.toString();
    }

    private String figures(Kill kill) {
        String taken =
                kill.isInstance()
                        ? "; all keys by a standby after %s%s, by an active one after %s"
                                .formatted(
                                        seconds(kill.untilStandby(answers)),
                                        tellRoles() ? "" : " (roles are not told)",
                                        seconds(kill.untilActive(answers)))
                        : "";
        return "503: %d, none: %d; longest without a good answer %s, with staleness admitted %s%s"
                .formatted(
                        kill.count(answers, answer -> answer.reply().status() == 503),
                        kill.count(answers, answer -> answer.reply().status() == 0),
                        seconds(kill.longestWithout(answers, false)),
                        seconds(kill.longestWithout(answers, true)),
                        taken);
    }

    private Map<Integer, Long> statuses() {
        return answers.stream()
                .collect(
                        Collectors.groupingBy(
                                answer -> answer.reply().status(),
                                TreeMap::new,
                                Collectors.counting()));
    }

    private Map<String, Long> roles() {
        return answers.stream()
                .filter(Answer::isRight)
                .collect(
                        Collectors.groupingBy(
                                answer -> String.valueOf(answer.reply().role()),
                                TreeMap::new,
                                Collectors.counting()));
    }

    private boolean tellRoles() {
        return answers.stream().anyMatch(answer -> answer.reply().role() != null);
    }

    /**
     * Demands that every promise was kept; in a strict run also those about time.
     *
     * @throws AssertionError with what was broken
     */
    public void verify() {
        if (settings.strict()) {
            Duration active = settings.session().plus(BEYOND_SESSION);
            kills.stream()
                    .filter(Kill::isInstance)
                    .forEach(kill -> {
                        require(kill, "an active one", kill.untilActive(answers), active);
                        if (tellRoles()) {
                            require(kill, "a standby", kill.untilStandby(answers), STANDBY_WITHIN);
                        }
                    });
        }
        findings.verifyNone();
    }

    private void require(Kill kill, String who, Optional<Duration> took, Duration promised) {
        findings.require(
                took.isPresent() && took.get().compareTo(promised) <= 0,
                IN_TIME,
                "%s: by %s after %s",
                kill.what(),
                who,
                seconds(took));
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append("  %-48s %s%n".formatted(name, value));
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(KillsReport::seconds).orElse("for ever");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
