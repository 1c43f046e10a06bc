package io.eventpipeline.consumer.deadletters.triage;

import java.util.Locale;

/** What was done about a letter. */
public enum LetterState {
    /** Nothing yet. */
    OPEN,
    /** It was sent back to the topic of its record. */
    REDRIVEN,
    /** Somebody decided that it is not needed. */
    DISCARDED;

    /** As in the database and in requests. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
