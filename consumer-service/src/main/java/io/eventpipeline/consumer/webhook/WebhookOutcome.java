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

    /** It may be this event's fault, and counts as an attempt. */
    sealed interface Failure extends WebhookOutcome {
        /** What went wrong, the same for each event. */
        String reason();
    }

    /** The target did not answer in time; while it answers others, that is a failure. */
    record Unanswered(String reason) implements Failure {
        @Override
        public String tag() {
            return "unanswered";
        }
    }

    /** The target failed on this event. */
    record Failed(String reason) implements Failure {
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
