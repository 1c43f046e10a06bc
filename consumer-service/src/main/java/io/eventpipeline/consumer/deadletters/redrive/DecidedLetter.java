package io.eventpipeline.consumer.deadletters.redrive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventpipeline.consumer.deadletters.triage.LetterPosition;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a letter, or would.
 *
 * @param letter where it lies
 * @param outcome what became of it
 * @param detail why, in words, unless the outcome says it all
 * @param eventId the event that is sent
 * @param attempt the how manieth time it is sent back
 * @param topic where it is sent to
 * @param partition the partition there; absent in a dry run if the key decides
 * @param offset where it lies there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DecidedLetter(
        LetterPosition letter,
        Outcome outcome,
        @Nullable String detail,
        @Nullable String eventId,
        @Nullable Integer attempt,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long offset) {

    /** What can become of a letter. */
    enum Outcome {
        /** A dry run would send it. */
        WOULD_SEND,
        /** It lies in the topic of its record again. */
        SENT,
        /** A dry run would discard it. */
        WOULD_DISCARD,
        /** It is not shown as open any more. */
        DISCARDED,
        /** It was not sent, and will not be as it is. */
        REFUSED,
        /** Retention removed it. */
        GONE,
        /** It was sent back or discarded before. */
        DECIDED_BEFORE,
        /** There is no such letter. */
        UNKNOWN;

        /** As in answers. */
        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static DecidedLetter of(LetterPosition letter, Outcome outcome, @Nullable String detail) {
        return new DecidedLetter(letter, outcome, detail, null, null, null, null, null);
    }
}
