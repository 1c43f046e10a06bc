package io.eventpipeline.streams.derivation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the identity and the headers of derived events. The id depends on the cause's identity
 * alone, so that two copies of the cause, and a second processing of it, give one and the same
 * event.
 */
public final class DerivedEvent {

    private static final String SOURCE_PREFIX = "/streams-service/";

    private DerivedEvent() {}

    /**
     * The identity of what a topology derives from an event: {@code ce_source} is the topology's,
     * {@code ce_id} a UUID of version 8 over SHA-256 (RFC 9562, section 5.8 and appendix B.2).
     *
     * @param topology the last part of the topology's {@code ce_source}
     * @param cause the identity of the event that caused it
     */
    public static EventIdentity identity(String topology, EventIdentity cause) {
        return new EventIdentity(SOURCE_PREFIX + topology, uuid(cause).toString());
    }

    /**
     * The headers of a derived event, and nothing else: headers of the cause that are not passed on
     * here would tell of the cause, not of this event.
     *
     * @param type the derived event's type
     * @param identity by {@link #identity}
     * @param time when it happened
     * @param subject its record key
     * @param traceparent the cause's W3C trace context, if it had one
     */
    public static Headers headers(
            Class<? extends Event> type,
            EventIdentity identity,
            Instant time,
            String subject,
            @Nullable String traceparent) {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.write(
                new EventMetadata(identity, EventTypes.nameOf(type), time, subject, traceparent),
                headers);
        return headers;
    }

    private static UUID uuid(EventIdentity cause) {
        byte[] source = cause.source().getBytes(UTF_8);
        MessageDigest digest = sha256();
        // The length keeps ("ab", "c") apart from ("a", "bc").
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(source.length).flip());
        digest.update(source);
        digest.update(cause.id().getBytes(UTF_8));
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
        long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
