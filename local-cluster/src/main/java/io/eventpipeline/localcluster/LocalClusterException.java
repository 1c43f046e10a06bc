package io.eventpipeline.localcluster;

import org.jspecify.annotations.Nullable;

/**
 * A broker, a database or another child process did not do what was asked. The message names the
 * process, its log file and the last lines of that log.
 */
public final class LocalClusterException extends RuntimeException {

    public LocalClusterException(String message) {
        super(message);
    }

    public LocalClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
