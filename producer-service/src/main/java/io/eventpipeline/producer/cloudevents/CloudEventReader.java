package io.eventpipeline.producer.cloudevents;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.producer.intake.JsonArraySplitter;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

/**
 * Reads the events of one request, in any mode. Belongs to one request.
 *
 * <p>Of the formats for structured and batched mode JSON is read. The binding allows others to be
 * handed on as they are; here they are refused, because nobody behind could tell what they are.
 */
final class CloudEventReader {

    private static final int BUFFER = 8 * 1024;
    private static final int WIDEST_CHARACTER = 4;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final HttpServletRequest request;
    private final ContentMode mode;

    private CloudEventReader(HttpServletRequest request, ContentMode mode) {
        this.request = request;
        this.mode = mode;
    }

    /**
     * A reader for the mode of the request.
     *
     * @throws ErrorResponseException 415 if it is no CloudEvent, or in a format that is not read
     */
    static CloudEventReader of(HttpServletRequest request) {
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        ContentMode mode = ContentMode.of(contentType);
        if (mode == ContentMode.BINARY) {
            if (!BinaryEventReader.isMeant(request)) {
                throw unsupported(
                        "It is no CloudEvent: neither is the Content-Type one of CloudEvents, nor"
                                + " are there headers ce-id, ce-source, ce-specversion and"
                                + " ce-type");
            }
        } else if (!mode.isJson(contentType)) {
            throw unsupported("Of the formats of CloudEvents only JSON is read");
        }
        return new CloudEventReader(request, mode);
    }

    private static ErrorResponseException unsupported(String detail) {
        ErrorResponseException refused = ProblemType.UNSUPPORTED_MEDIA_TYPE.exception(detail);
        // RFC 9110, section 15.5.16: what would be understood.
        refused.getHeaders().set(HttpHeaders.ACCEPT, WebhookHandshake.MEDIA_TYPES);
        return refused;
    }

    /** Whether the body is the data, so that it may be anything, or nothing. */
    boolean isBinary() {
        return mode == ContentMode.BINARY;
    }

    /** Whether there may be several events, or none, so that they are answered as a list. */
    boolean isBatch() {
        return mode == ContentMode.BATCHED;
    }

    /**
     * Cuts the body into events that are not read yet. Each throws {@link InvalidEventException}
     * with all that is wrong with it.
     *
     * @throws MalformedJsonException if it should be JSON and is not
     * @throws InvalidEventException if it should be an array and is not
     * @throws ErrorResponseException 413 if there are too many
     */
    List<Supplier<ReceivedEvent>> read(byte[] body, int maxEvents) {
        return switch (mode) {
            case BINARY -> List.of(() -> BinaryEventReader.read(request, body));
            case STRUCTURED -> {
                byte[] json = utf8(body);
                yield List.of(() -> JsonEventReader.read(json));
            }
            case BATCHED -> cut(utf8(body), maxEvents);
        };
    }

    private static List<Supplier<ReceivedEvent>> cut(byte[] body, int maxEvents) {
        if (!JsonArraySplitter.isArray(body)) {
            throw new InvalidEventException(
                    "batch of CloudEvents", List.of(new Violation("", "must be a JSON array")));
        }
        return JsonArraySplitter.split(body, maxEvents).stream()
                .<Supplier<ReceivedEvent>>map(json -> () -> JsonEventReader.read(json))
                .toList();
    }

    /**
     * JSON without byte order mark. What is cut out of it goes into topics as it is, so it is
     * checked to be UTF-8; Jackson would also read UTF-16, and overlong forms.
     *
     * @throws MalformedJsonException if it is in another encoding
     */
    static byte[] utf8(byte[] body) {
        // Every other encoding of JSON has a zero byte near its beginning.
        if (!isUtf8(body) || hasZero(body, Math.min(body.length, WIDEST_CHARACTER))) {
            throw new MalformedJsonException("It is not JSON in UTF-8");
        }
        int mark = BYTE_ORDER_MARK.length;
        return body.length >= mark && Arrays.equals(body, 0, mark, BYTE_ORDER_MARK, 0, mark)
                ? Arrays.copyOfRange(body, mark, body.length)
                : body;
    }

    private static boolean hasZero(byte[] body, int end) {
        for (int i = 0; i < end; i++) {
            if (body[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUtf8(byte[] text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(BUFFER);
        while (true) {
            var result = decoder.decode(in, out, true);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            out.clear();
        }
    }
}
