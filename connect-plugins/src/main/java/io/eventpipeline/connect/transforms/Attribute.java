package io.eventpipeline.connect.transforms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a CloudEvent that the pipeline writes, and their headers (CloudEvents Kafka
 * protocol binding 1.0.2, section 3.2).
 */
enum Attribute {
    SPEC_VERSION("specversion", "ce_specversion"),
    ID("id", "ce_id"),
    TYPE("type", "ce_type"),
    SOURCE("source", "ce_source"),
    TIME("time", "ce_time"),
    SUBJECT("subject", "ce_subject"),
    CONTENT_TYPE("datacontenttype", "content-type"),
    TRACEPARENT("traceparent", "traceparent");

    private final String attribute;
    private final String header;

    Attribute(String attribute, String header) {
        this.attribute = attribute;
        this.header = header;
    }

    /** As the specification calls it. */
    String attribute() {
        return attribute;
    }

    String header() {
        return header;
    }

    /** Replaces the header; null removes it. */
    void write(Headers headers, @Nullable String value) {
        headers.remove(header);
        if (value != null) {
            headers.addString(header, value);
        }
    }

    /**
     * The value of the last such header, whatever the header converter made of it.
     *
     * @return null if there is none, or an empty one
     */
    @Nullable String read(Headers headers) {
        Header last = headers.lastWithName(header);
        if (last == null || last.value() == null) {
            return null;
        }
        String text =
                switch (last.value()) {
                    case byte[] bytes -> new String(bytes, UTF_8);
                    case ByteBuffer bytes -> UTF_8.decode(bytes.duplicate()).toString();
                    // The simple header converter makes a time of what looks like one.
                    case Date date -> date.toInstant().toString();
                    case Object value -> value.toString();
                };
        return text.isEmpty() ? null : text;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Attribute::attribute).toList();
    }
}
