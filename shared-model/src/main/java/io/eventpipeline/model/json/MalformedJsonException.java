package io.eventpipeline.model.json;

import java.io.Serial;

/** A value is not JSON at all; the message says where reading stopped, never what stood there. */
public final class MalformedJsonException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    /** Creates the exception with a message for the sender. */
    public MalformedJsonException(String message) {
        super(message);
    }
}
