package io.eventpipeline.producer.cloudevents;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.producer.cloudevents.ContentMode.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the value of a record in structured mode (CloudEvents Kafka protocol binding 1.0.2, section
 * 3.3): the event in the JSON format. One that came in that format is kept as it came. Stateless.
 */
final class StructuredValue {

    /** The {@code content-type} of such a record. */
    static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    private static final JsonMapper MAPPER = EventJson.mapper();

    private StructuredValue() {}

    static byte[] of(ReceivedEvent event) {
        return event.json() == null ? write(event) : event.json();
    }

    private static byte[] write(ReceivedEvent event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            event.attributes().forEach(json::writeStringProperty);
            if (event.dataContentType() != null) {
                json.writeStringProperty(AttributeRules.DATA_CONTENT_TYPE, event.dataContentType());
            }
            byte[] data = event.data();
            if (data != null && isJson(event.dataContentType(), data)) {
                json.writeName(AttributeRules.DATA);
                json.writeRawValue(new String(data, StandardCharsets.UTF_8));
            } else if (data != null) {
                json.writeName(AttributeRules.DATA_BASE64);
                json.writeBinary(data);
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** What is declared as JSON and is none stays the bytes that it is. */
    private static boolean isJson(@Nullable String type, byte[] data) {
        if (type == null || !MediaTypes.isJson(type)) {
            return false;
        }
        try {
            EventJson.readTree(CloudEventReader.utf8(data));
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
    }
}
