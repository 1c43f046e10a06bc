package io.eventpipeline.producer.loglines;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.starter.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.ErrorResponseException;

/**
 * Takes a text apart at its line ends, which are LF or CRLF. Empty lines are left out: a log has
 * them for the eye, and the one after the last line end is none at all. Stateless.
 */
final class LogLines {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int PIECE = 8 * 1024;

    private LogLines() {}

    /**
     * The lines that are not empty, without their ends.
     *
     * @throws ErrorResponseException 400 if it is not UTF-8 or has no line, 413 if it has too many
     */
    static List<byte[]> split(byte[] text, int maxLines) {
        requireUtf8(text);
        List<byte[]> lines = new ArrayList<>();
        int start = startsWithByteOrderMark(text) ? BYTE_ORDER_MARK.length : 0;
        while (start < text.length) {
            int end = start;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            int next = end + 1;
            if (end < text.length && end > start && text[end - 1] == '\r') {
                end--;
            }
            if (end > start) {
                if (lines.size() == maxLines) {
                    throw tooMany(maxLines);
                }
                lines.add(Arrays.copyOfRange(text, start, end));
            }
            start = next;
        }
        if (lines.isEmpty()) {
            throw ProblemType.MALFORMED_BODY.exception("There is no line in the body");
        }
        return lines;
    }

    private static boolean startsWithByteOrderMark(byte[] text) {
        return text.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(
                        text,
                        0,
                        BYTE_ORDER_MARK.length,
                        BYTE_ORDER_MARK,
                        0,
                        BYTE_ORDER_MARK.length);
    }

    private static void requireUtf8(byte[] text) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer left = ByteBuffer.wrap(text);
        CharBuffer piece = CharBuffer.allocate(PIECE);
        CoderResult result;
        do {
            piece.clear();
            result = decoder.decode(left, piece, true);
        } while (result.isOverflow());
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < left.position(); i++) {
                if (text[i] == '\n') {
                    line++;
                }
            }
            throw ProblemType.MALFORMED_BODY.exception("Line " + line + " is not UTF-8");
        }
    }

    private static ErrorResponseException tooMany(int limit) {
        ErrorResponseException refused =
                ProblemType.TOO_LARGE.exception(
                        "The body has more lines than the limit of " + limit);
        refused.getBody().setProperty("limit", limit);
        return refused;
    }
}
