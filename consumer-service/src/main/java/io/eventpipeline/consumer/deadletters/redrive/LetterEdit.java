package io.eventpipeline.consumer.deadletters.redrive;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is changed in a letter before it is sent back.
 *
 * @param key absent to keep the key
 * @param value absent to keep the value
 * @param headers by name; a header without bytes is removed
 */
record LetterEdit(
        @Nullable NewBytes key, @Nullable NewBytes value, Map<String, byte @Nullable []> headers) {

    static final LetterEdit NONE = new LetterEdit(null, null, Map.of());

    /** Bytes in place of others. */
    static final class NewBytes {

        private final byte @Nullable [] bytes;

        NewBytes(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }

        /** Absent for a record without them. */
        byte @Nullable [] bytes() {
            return bytes;
        }
    }

    boolean isNone() {
        return key == null && value == null && headers.isEmpty();
    }
}
