package io.eventpipeline.producer.intake;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cuts a JSON array into the bytes of its elements without binding them: so they are counted before
 * memory is spent on them, and each is then read as if it had come alone. Stateless.
 */
public final class JsonArraySplitter {

    private static final JsonMapper MAPPER = EventJson.mapper();
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private JsonArraySplitter() {}

    /** Whether the first character that means something opens an array. */
    public static boolean isArray(byte[] json) {
        for (int i = lengthOfByteOrderMark(json); i < json.length; i++) {
            if (json[i] != ' ' && json[i] != '\t' && json[i] != '\r' && json[i] != '\n') {
                return json[i] == '[';
            }
        }
        return false;
    }

    /**
     * Cuts an array.
     *
     * @throws MalformedJsonException if it is not one JSON array in UTF-8
     * @throws ErrorResponseException 413 if it has more elements than allowed
     */
    public static List<byte[]> split(byte[] json, int maxElements) {
        List<byte[]> elements = new ArrayList<>();
        int offset = lengthOfByteOrderMark(json);
        try (JsonParser parser = MAPPER.createParser(json, offset, json.length - offset)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (elements.size() == maxElements) {
                    throw tooMany(maxElements);
                }
                int start = offset + (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = offset + (int) parser.currentLocation().getByteOffset();
                elements.add(Arrays.copyOfRange(json, start, end));
            }
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("There is more than one JSON value");
            }
            return elements;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new MalformedJsonException(
                    "The body is not JSON: reading stopped"
                            + (at == null
                                    ? ""
                                    : " at line "
                                            + at.getLineNr()
                                            + ", column "
                                            + at.getColumnNr()));
        }
    }

    private static int lengthOfByteOrderMark(byte[] json) {
        int length = BYTE_ORDER_MARK.length;
        return json.length >= length && Arrays.equals(json, 0, length, BYTE_ORDER_MARK, 0, length)
                ? length
                : 0;
    }

    private static ErrorResponseException tooMany(int limit) {
        ErrorResponseException refused =
                ProblemType.TOO_LARGE.exception(
                        "The array has more events than the limit of " + limit);
        refused.getBody().setProperty("limit", limit);
        return refused;
    }
}
