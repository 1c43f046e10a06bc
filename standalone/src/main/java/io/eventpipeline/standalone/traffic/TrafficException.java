package io.eventpipeline.standalone.traffic;

import org.jspecify.annotations.Nullable;

/** The pipeline did not answer as it should; the message is one line that says who and how. */
public final class TrafficException extends Exception {

    TrafficException(String message) {
        super(message);
    }

    TrafficException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
