package io.eventpipeline.streams.intake;

import java.io.Serial;

/**
 * A record can be read but not be used, now or ever: it has no key, no value, or those of something
 * else. The message says why and never quotes the payload. Such a record becomes a dead letter.
 */
public final class RefusedRecordException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    /** Refuses a record for a reason, which never quotes the payload. */
    public RefusedRecordException(String reason) {
        super(reason);
    }
}
