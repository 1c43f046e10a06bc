package io.eventpipeline.consumer.archive;

import java.io.IOException;
import java.io.Serial;

/** What is in the folder does not say where to resume; waiting does not help. */
final class UnreadableArchiveException extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    UnreadableArchiveException(String message) {
        super(message);
    }
}
