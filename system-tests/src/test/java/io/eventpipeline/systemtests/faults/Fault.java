package io.eventpipeline.systemtests.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a guarantee run breaks. */
public enum Fault {
    /** kill -9 of streams-service. */
    STREAMS,
    /** kill -9 of an instance of consumer-service in the middle of a write. */
    CONSUMER,
    /** kill -9 of one of the brokers. */
    BROKER,
    /** SIGSTOP of an instance of consumer-service past its session, then SIGCONT. */
    ZOMBIE,
    /** kill -9 of the database, with all its sessions. */
    DATABASE,
    /** kill -9 of producer-service. */
    PRODUCER;

    /** What breaks a store's reader is broken by the run in bulk, each time. */
    private static final List<Fault> USUAL = List.of(STREAMS);

    /**
     * The faults of a run, in their order.
     *
     * @param names names with commas between, or {@code all}; those that the run in bulk has not,
     *     if absent
     */
    public static List<Fault> parse(String names) {
        return switch (names) {
            case "" -> USUAL;
            case "all" -> List.of(values());
            default ->
                    Arrays.stream(names.split(",", -1))
                            .map(name -> valueOf(name.strip().toUpperCase(Locale.ROOT)))
                            .toList();
        };
    }
}
