package io.eventpipeline.producer.retries.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record of the ledger's topic, as JSON. Its record key is {@code <request>/claim} or {@code
 * <request>/answer}: two keys, so that a claim which comes too late never makes compaction drop the
 * answer. Unknown fields are ignored, so that instances of two versions can share the topic.
 *
 * @param state what it says of the request
 * @param claim which attempt wrote it
 * @param after a claim takes over only from the place in the log that made this state
 * @param fingerprint the request's content; null if any content may follow
 * @param instance the service instance that works on it
 * @param life that instance's start
 * @param until in ms since the epoch: a claim's lease, or when the rest is forgotten
 * @param delivery whether the client was promised that it can ask for the outcome
 * @param answer what was answered, if that is kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LedgerLine(
        State state,
        long claim,
        @Nullable Long after,
        @Nullable String fingerprint,
        @Nullable String instance,
        @Nullable String life,
        long until,
        boolean delivery,
        @Nullable StoredAnswer answer) {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private static final String CLAIM = "/claim";
    private static final String ANSWER = "/answer";

    /** What the ledger says of a request. */
    enum State {
        /** Somebody works on it. */
        CLAIMED,
        /** It was answered, and every repeat gets that answer. */
        DONE,
        /** It ended without an answer that holds: it may be sent again. */
        RELEASED
    }

    static byte[] key(Digest request, State state) {
        return (request + (state == State.DONE ? ANSWER : CLAIM)).getBytes(UTF_8);
    }

    /** The request that a record key names; empty if it is no key of ours. */
    static Optional<Digest> request(byte @Nullable [] key) {
        if (key == null) {
            return Optional.empty();
        }
        String text = new String(key, UTF_8);
        int slash = text.indexOf('/');
        return slash < 0 ? Optional.empty() : Digest.parse(text.substring(0, slash));
    }

    byte[] toBytes() {
        return JSON.writeValueAsBytes(this);
    }

    /** Reads a record value; empty if this version cannot. */
    static Optional<LedgerLine> read(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(value, LedgerLine.class))
                    .filter(LedgerLine::hasState);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Whatever is written into the topic, the reader must not die of it. */
    @SuppressWarnings("ConstantValue")
    private boolean hasState() {
        return state != null;
    }

    @Nullable Digest content() {
        return fingerprint == null ? null : Digest.parse(fingerprint).orElse(null);
    }
}
