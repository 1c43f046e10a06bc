package io.eventpipeline.producer.records;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a key or a value is written in an envelope. */
public enum RecordFormat {
    /** The JSON itself is stored, byte for byte as it came. */
    JSON("application/json"),
    /** A JSON string, stored as its UTF-8 text without quotes. */
    TEXT("text/plain; charset=utf-8"),
    /** A JSON string with any bytes in Base64 (RFC 4648, section 4). */
    BASE64("application/octet-stream");

    private final String contentType;

    RecordFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The media type of values in this format. */
    public String contentType() {
        return contentType;
    }

    static Optional<RecordFormat> of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findAny();
    }
}
