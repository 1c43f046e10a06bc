package io.eventpipeline.standalone.checking;

import org.jspecify.annotations.Nullable;

/**
 * The topic could not be read to its end, so nothing can be said about it; the message says why.
 */
public final class ReadingException extends Exception {

    ReadingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
