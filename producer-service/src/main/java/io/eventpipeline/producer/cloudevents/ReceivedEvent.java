package io.eventpipeline.producer.cloudevents;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as its sender made it, whichever mode it came in. Its attributes are valid.
 *
 * @param attributes all context attributes and extensions but the data's media type, as the
 *     canonical text of the specification's type system, in the order in which they came
 * @param dataContentType the media type of the data; where the mode implies one, that
 * @param data the bytes of the data, untouched; null if there is none, which is not the same as
 *     JSON's {@code null}
 * @param json the event in the JSON format, if it came in it
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and a copy would cost.
record ReceivedEvent(
        Map<String, String> attributes,
        @Nullable String dataContentType,
        byte @Nullable [] data,
        byte @Nullable [] json) {

    String id() {
        return required(AttributeRules.ID);
    }

    String source() {
        return required(AttributeRules.SOURCE);
    }

    String type() {
        return required(AttributeRules.TYPE);
    }

    /** The value of an optional attribute or of an extension. */
    @Nullable String attribute(String name) {
        return attributes.get(name);
    }

    private String required(String name) {
        String value = attributes.get(name);
        if (value == null) {
            throw new IllegalStateException("An event without " + name + " was taken for valid");
        }
        return value;
    }
}
