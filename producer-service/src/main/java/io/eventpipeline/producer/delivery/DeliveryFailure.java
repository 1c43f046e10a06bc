package io.eventpipeline.producer.delivery;

import io.eventpipeline.starter.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * The event is not known to be stored.
 *
 * @param eventId the event's id, its {@code ce_id}; null if it has none
 * @param topic where it should have gone
 * @param type what went wrong
 * @param outcome whether it may be stored all the same
 * @param detail what went wrong this time, for the sender
 */
public record DeliveryFailure(
        @Nullable String eventId, String topic, ProblemType type, Outcome outcome, String detail)
        implements DeliveryResult {

    /** Whether an event that failed may be stored all the same. */
    public enum Outcome {
        /** It is not stored and never will be. */
        NOT_WRITTEN("not_written"),
        /** It was sent, and nobody said what became of it. A repeat needs the same id. */
        UNKNOWN("unknown");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The value of {@code outcome} in answers, and of the tag in metrics. */
        public String word() {
            return word;
        }
    }
}
