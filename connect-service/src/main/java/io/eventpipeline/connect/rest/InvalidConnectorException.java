package io.eventpipeline.connect.rest;

/** Kafka Connect refused the configuration of a connector; a repeat would be refused too. */
public final class InvalidConnectorException extends RuntimeException {

    InvalidConnectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
