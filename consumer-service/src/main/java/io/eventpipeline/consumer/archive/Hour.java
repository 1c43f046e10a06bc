package io.eventpipeline.consumer.archive;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * An hour of a record's timestamp, in UTC.
 *
 * @param begin when it begins
 */
record Hour(Instant begin) implements Comparable<Hour> {

    private static final Instant LAST = Instant.parse("9999-12-31T23:00:00Z");
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH");

    /** The hour of a time in epoch milliseconds; senseless times get the first or last hour. */
    static Hour of(long epochMillis) {
        Instant time = Instant.ofEpochMilli(Math.max(0, epochMillis));
        return new Hour(time.isAfter(LAST) ? LAST : time.truncatedTo(ChronoUnit.HOURS));
    }

    /** The hour with that name. */
    static Hour named(String name) {
        return new Hour(LocalDateTime.parse(name, NAME).toInstant(ZoneOffset.UTC));
    }

    /** As in file names. */
    String name() {
        return NAME.format(LocalDateTime.ofInstant(begin, ZoneOffset.UTC));
    }

    @Override
    public int compareTo(Hour other) {
        return begin.compareTo(other.begin);
    }
}
