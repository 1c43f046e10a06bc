package io.eventpipeline.consumer.intake;

/** Why a record can never be processed; the value of the metric tag {@code reason}. */
public enum PoisonReason {
    /** A record without value on a topic that is not compacted. */
    TOMBSTONE,
    /** The header {@code ce_type} names another event type than the topic carries. */
    WRONG_TYPE,
    /** The value is not JSON. */
    MALFORMED,
    /** The value is JSON but not a valid event of the topic's type. */
    INVALID,
    /** Its identity or its business id is taken by an event with other content. */
    CONFLICT,
    /** PostgreSQL refuses its content, such as a text with the character U+0000. */
    UNSTORABLE,
    /** The webhook's target does not take it. */
    REFUSED;

    /** The value of the metric tag. */
    public String tag() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
