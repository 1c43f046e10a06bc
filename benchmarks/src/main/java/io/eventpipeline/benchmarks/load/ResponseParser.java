package io.eventpipeline.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads HTTP/1.1 responses (RFC 9112) that come piece by piece: status, the body by Content-Length
 * or in chunks. What it does not need it does not keep. Not safe for use by several threads.
 */
final class ResponseParser {

    private static final int LONGEST_HEAD = 16 << 10;
    private static final int EMPTY_LINE = 0x0D0A0D0A;

    private enum Part {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        DONE
    }

    private final byte[] head = new byte[LONGEST_HEAD];
    private Part part = Part.HEAD;
    private int headLength;
    private int lastFour;
    private int status;
    private boolean closes;
    private long left;
    private int lineLength;
    private boolean inExtension;

    /** Makes it ready for the next response. */
    void reset() {
        part = Part.HEAD;
        headLength = 0;
        lastFour = 0;
        status = 0;
        closes = false;
    }

    /** Whether the head has been read, so that there is a status. */
    boolean hasHead() {
        return part != Part.HEAD;
    }

    boolean isDone() {
        return part == Part.DONE;
    }

    int status() {
        return status;
    }

    /** Whether the server is going to close the connection. */
    boolean closes() {
        return closes;
    }

    /**
     * Takes the next bytes.
     *
     * @return the index after the last byte that belongs to this response
     * @throws IOException if this is no HTTP
     */
    int parse(byte[] bytes, int from, int to, BodyReader body) throws IOException {
        int at = from;
        while (at < to && part != Part.DONE) {
            switch (part) {
                case HEAD -> at = head(bytes, at, to);
                case BODY, CHUNK -> at = content(bytes, at, to, body);
                case CHUNK_SIZE -> chunkSize(bytes[at++]);
                case CHUNK_END -> chunkEnd(bytes[at++]);
                case TRAILER -> trailer(bytes[at++]);
                case DONE -> {}
            }
        }
        return at;
    }

    private int head(byte[] bytes, int from, int to) throws IOException {
        for (int at = from; at < to; at++) {
            if (headLength == head.length) {
                throw new IOException("a head of more than %d bytes".formatted(head.length));
            }
            head[headLength++] = bytes[at];
            lastFour = (lastFour << 8) | (bytes[at] & 0xFF);
            if (lastFour == EMPTY_LINE) {
                readHead(new String(head, 0, headLength, StandardCharsets.ISO_8859_1));
                return at + 1;
            }
        }
        return to;
    }

    private void readHead(String text) throws IOException {
        if (!text.startsWith("HTTP/1.1 ") || text.length() < 12) {
            throw new IOException(
                    "not an HTTP/1.1 response: " + text.lines().findFirst().orElse(""));
        }
        status = number(text.substring(9, 12), 10);
        String length = null;
        boolean chunked = false;
        int line = text.indexOf("\r\n") + 2;
        while (line < text.length() - 2) {
            int end = text.indexOf("\r\n", line);
            int colon = text.indexOf(':', line);
            if (colon < 0 || colon > end) {
                throw new IOException("not a header: " + text.substring(line, end));
            }
            String value = text.substring(colon + 1, end).strip();
            switch (text.substring(line, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = value;
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> closes = value.equalsIgnoreCase("close");
                default -> {}
            }
            line = end + 2;
        }
        if (chunked) {
            beginChunkSize();
        } else if (length != null) {
            left = number(length, 10);
            part = left == 0 ? Part.DONE : Part.BODY;
        } else if (status == 204 || status == 304) {
            part = Part.DONE;
        } else {
            throw new IOException("a response with neither Content-Length nor chunks");
        }
    }

    private int content(byte[] bytes, int from, int to, BodyReader body) {
        int end = (int) Math.min(to, from + left);
        body.read(bytes, from, end);
        left -= end - from;
        if (left == 0) {
            part = part == Part.BODY ? Part.DONE : Part.CHUNK_END;
        }
        return end;
    }

    private void beginChunkSize() {
        part = Part.CHUNK_SIZE;
        left = 0;
        lineLength = 0;
        inExtension = false;
    }

    private void chunkSize(byte next) throws IOException {
        if (next == '\n') {
            if (lineLength == 0) {
                throw new IOException("a chunk without a size");
            }
            part = left == 0 ? Part.TRAILER : Part.CHUNK;
            lineLength = 0;
        } else if (next == ';') {
            inExtension = true;
        } else if (next != '\r' && !inExtension) {
            int digit = Character.digit(next, 16);
            if (digit < 0 || ++lineLength > 8) {
                throw new IOException("not the size of a chunk");
            }
            left = (left << 4) | digit;
        }
    }

    private void chunkEnd(byte next) throws IOException {
        if (next == '\n') {
            beginChunkSize();
        } else if (next != '\r') {
            throw new IOException("a chunk longer than its size");
        }
    }

    private void trailer(byte next) {
        if (next == '\n') {
            part = lineLength == 0 ? Part.DONE : Part.TRAILER;
            lineLength = 0;
        } else if (next != '\r') {
            lineLength++;
        }
    }

    private static int number(String digits, int radix) throws IOException {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("not a number: " + digits, e);
        }
    }

    @Override
    public String toString() {
        return "%s after %s"
                .formatted(
                        part,
                        new String(Arrays.copyOf(head, headLength), StandardCharsets.ISO_8859_1));
    }
}
