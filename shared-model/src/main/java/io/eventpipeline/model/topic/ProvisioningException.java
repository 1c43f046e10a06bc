package io.eventpipeline.model.topic;

import java.io.Serial;

/** Topics could not be read or made; the cause is Kafka's. */
public final class ProvisioningException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    /** Creates the exception with what was tried and Kafka's reason. */
    public ProvisioningException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
