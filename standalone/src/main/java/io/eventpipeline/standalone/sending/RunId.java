package io.eventpipeline.standalone.sending;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Tells the records of one run from all others. It starts with the time at which the run began, so
 * that a reader finds its first record without being told where that lies.
 */
public record RunId(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-z]{8,9}-[0-9a-z]{4}");

    /** A new one. */
    public static RunId begunAt(Instant began, RandomGenerator random) {
        int suffix = random.nextInt(36 * 36 * 36, 36 * 36 * 36 * 36);
        return new RunId(
                Long.toString(began.toEpochMilli(), 36) + "-" + Integer.toString(suffix, 36));
    }

    /** Reads one; empty if it is something else. */
    public static Optional<RunId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RunId(text)) : Optional.empty();
    }

    /** When the run began, by the clock of the machine that sent it. */
    public Instant began() {
        return Instant.ofEpochMilli(Long.parseLong(value.substring(0, value.indexOf('-')), 36));
    }

    /** The {@code Idempotency-Key} of a record, which becomes its event id. */
    public String recordId(long number) {
        return value + "-" + number;
    }

    @Override
    public String toString() {
        return value;
    }
}
