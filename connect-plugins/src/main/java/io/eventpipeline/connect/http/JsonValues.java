package io.eventpipeline.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Values of records as JSON on one line. Text and bytes, as the string and the byte-array converter
 * give them, are JSON already: checked, and written without line breaks, with every digit of their
 * numbers. What has a structure is written as Connect's JSON converter does, without schema.
 */
final class JsonValues {

    private static final byte[] NULL = "null".getBytes(UTF_8);

    private final JsonFactory factory = new JsonFactory();
    private final JsonConverter converter = new JsonConverter();

    JsonValues() {
        converter.configure(Map.of("schemas.enable", "false", "decimal.format", "NUMERIC"), false);
    }

    /**
     * The value of a record.
     *
     * @throws DataException if it is text or bytes that are no JSON
     */
    byte[] valueOf(SinkRecord sinkRecord) {
        return switch (sinkRecord.value()) {
            case null -> NULL;
            case String text -> compact(text.getBytes(UTF_8));
            case byte[] bytes -> compact(bytes);
            case ByteBuffer bytes -> compact(array(bytes));
            case Object value -> convert(sinkRecord.topic(), sinkRecord.valueSchema(), value);
        };
    }

    /** A key as one text: text as it is, anything else as JSON. */
    String keyOf(SinkRecord sinkRecord, Object key) {
        return key instanceof String text
                ? text
                : new String(convert(sinkRecord.topic(), sinkRecord.keySchema(), key), UTF_8);
    }

    /** A text as a JSON string, with its quotes. */
    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    private byte[] convert(String topic, @Nullable Schema schema, Object value) {
        return converter.fromConnectData(topic, schema, value);
    }

    private byte[] compact(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
        try (JsonParser parser = factory.createParser(json);
                JsonGenerator generator = factory.createGenerator(out)) {
            int values = 0;
            while (parser.nextToken() != null) {
                generator.copyCurrentEventExact(parser);
                if (parser.getParsingContext().inRoot()) {
                    values++;
                }
            }
            if (values != 1) {
                throw new DataException("The value is not one JSON value but " + values);
            }
        } catch (IOException e) {
            // The message of the parser's exception quotes the value.
            throw new DataException("The value is no JSON");
        }
        return out.toByteArray();
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
