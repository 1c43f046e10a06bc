package io.eventpipeline.streams.shipments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Bytes with value equality; base64 in JSON. Nobody may change the array. */
final class StoredBytes {

    private final byte[] bytes;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    StoredBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @JsonValue
    byte[] get() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Only the length: what people order is nobody's business in a log. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
