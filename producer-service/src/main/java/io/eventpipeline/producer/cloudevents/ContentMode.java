package io.eventpipeline.producer.cloudevents;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an HTTP request carries events (CloudEvents HTTP protocol binding 1.0.2, section 3), which
 * its {@code Content-Type} says alone.
 */
enum ContentMode {
    /** An array of events in the body. */
    BATCHED("application/cloudevents-batch"),
    /** One event, attributes and data, in the body. */
    STRUCTURED("application/cloudevents"),
    /** Attributes in headers; the body is the data. */
    BINARY("");

    private static final String JSON_FORMAT = "+json";

    private final String prefix;

    ContentMode(String prefix) {
        this.prefix = prefix;
    }

    /** The mode of a request with that {@code Content-Type}. */
    static ContentMode of(@Nullable String contentType) {
        String type = contentType == null ? "" : MediaTypes.essence(contentType);
        // In this order: the prefix of batches begins with that of single events.
        for (ContentMode mode : values()) {
            if (type.startsWith(mode.prefix)) {
                return mode;
            }
        }
        return BINARY;
    }

    /** Whether the events in the body are in the JSON format, the only one that is read. */
    boolean isJson(@Nullable String contentType) {
        return contentType != null && MediaTypes.essence(contentType).equals(prefix + JSON_FORMAT);
    }

    /** The media type of the JSON format in this mode. */
    String jsonMediaType() {
        return prefix + JSON_FORMAT;
    }

    /** What a media type's text says, whatever its case and parameters. */
    static final class MediaTypes {

        private MediaTypes() {}

        /** The type and subtype alone, in lower case. */
        static String essence(String mediaType) {
            int parameters = mediaType.indexOf(';');
            return (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
                    .strip()
                    .toLowerCase(Locale.ROOT);
        }

        /** Whether it declares JSON: subtype {@code json}, or one that ends in {@code +json}. */
        static boolean isJson(String mediaType) {
            String essence = essence(mediaType);
            return essence.endsWith("/json") || essence.endsWith("+json");
        }
    }
}
