package io.eventpipeline.consumer.webhook;

import java.time.Duration;

/** What came of sending one event once. */
sealed interface WebhookOutcome {

    /** The word of the metric tag {@code outcome}. */
    String tag();

    /** The target has it. */
    record Delivered() implements WebhookOutcome {
        @Override
        public String tag() {
            return "delivered";
        }
    }

    /** The target does not take this event, and never will. */
    record Refused(String reason) implements WebhookOutcome {
        @Override
        public String tag() {
            return "refused";
        }
    }

    /** The target failed on this event; it may be the event's fault. */
    record Failed(String reason) implements WebhookOutcome {
        @Override
        public String tag() {
            return "failed";
        }
    }

    /**
     * The target takes nothing at present; that is no event's fault.
     *
     * @param retryAfter how long the target wants to be left alone; zero if it did not say
     */
    record Unavailable(String reason, Duration retryAfter) implements WebhookOutcome {
        @Override
        public String tag() {
            return "unavailable";
        }
    }
}
