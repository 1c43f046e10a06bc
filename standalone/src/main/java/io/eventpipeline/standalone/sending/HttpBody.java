package io.eventpipeline.standalone.sending;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

/**
 * The body of an answer: of a known length, in chunks (RFC 9112, section 7.1), or until the
 * connection ends. A body that ends too early is an {@link EOFException}, never its end.
 */
final class HttpBody extends InputStream {

    private static final long UNTIL_CLOSE = Long.MAX_VALUE;

    private final InputStream in;
    private final boolean chunked;
    private long left;
    private boolean started;
    private boolean ended;

    HttpBody(InputStream in, int status, Map<String, String> headers) throws IOException {
        this.in = in;
        chunked =
                headers.getOrDefault("transfer-encoding", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("chunked");
        String length = headers.get("content-length");
        if (status == 204 || status == 304 || chunked) {
            left = 0;
        } else if (length != null) {
            left = number(length, 10);
        } else {
            left = UNTIL_CLOSE;
        }
    }

    /** Whether another answer can follow on the same connection. */
    boolean hasEnd() {
        return left != UNTIL_CLOSE;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        // Not before it is asked for: the next chunk may be long in coming.
        if (left == 0 && chunked && !ended) {
            left = nextChunk();
            ended = left == 0;
        }
        if (left == 0) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(left, length));
        if (left == UNTIL_CLOSE) {
            return read;
        }
        if (read < 0) {
            throw new EOFException("the answer ended in the middle");
        }
        left -= read;
        return read;
    }

    private long nextChunk() throws IOException {
        if (started) {
            HttpConnection.line(in);
        }
        started = true;
        String size = HttpConnection.line(in);
        int extension = size.indexOf(';');
        long length = number(extension < 0 ? size : size.substring(0, extension), 16);
        if (length == 0) {
            String trailer;
            do {
                trailer = HttpConnection.line(in);
            } while (!trailer.isEmpty());
        }
        return length;
    }

    private static long number(String text, int radix) throws IOException {
        try {
            return Long.parseUnsignedLong(text.strip(), radix);
        } catch (NumberFormatException e) {
            throw new IOException("the answer has no length, but " + text, e);
        }
    }
}
