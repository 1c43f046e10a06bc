package io.eventpipeline.streams.runtime;

import java.io.Serial;

/** Topics that are joined partition by partition do not have the same number of them. */
final class UnequalPartitionsException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    UnequalPartitionsException(String message) {
        super(message);
    }
}
