package io.eventpipeline.producer.streaming;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines without copying them; a line that is too long is read over.
 * Belongs to one thread.
 */
final class LineReader {

    private static final int FIRST_SIZE = 64 * 1024;

    private final InputStream in;
    private final int maxLength;
    private final Runnable beforeWaiting;
    private byte[] buffer;
    private int position;
    private int scanned;
    private int limit;
    private int start;
    private int length;
    private boolean ended;
    private boolean skipping;

    /** What {@link #next} found. */
    enum Found {
        /** A line, from {@link #start} on, {@link #length} bytes long. */
        LINE,
        /** A line that was longer than allowed. */
        TOO_LONG,
        /** The end of the stream. */
        END
    }

    /**
     * Reads a stream.
     *
     * @param maxLength the longest line in bytes
     * @param beforeWaiting called before each read that may have to wait for the sender
     */
    LineReader(InputStream in, int maxLength, Runnable beforeWaiting) {
        this.in = in;
        this.maxLength = maxLength;
        this.beforeWaiting = beforeWaiting;
        this.buffer = new byte[Math.min(FIRST_SIZE, maxLength + 1)];
    }

    /** The bytes in which the last line lies, until {@link #next} is called again. */
    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    /**
     * Looks for the next line; line feeds end lines, a carriage return before one belongs to it.
     *
     * @throws IOException if the sender fails or stops sending
     */
    Found next() throws IOException {
        while (true) {
            for (int i = scanned; i < limit; i++) {
                if (buffer[i] == '\n') {
                    return found(i, i + 1);
                }
            }
            scanned = limit;
            if (ended) {
                return position < limit || skipping ? found(limit, limit) : Found.END;
            }
            makeRoom();
            beforeWaiting.run();
            int count = in.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                ended = true;
            } else {
                limit += count;
            }
        }
    }

    private Found found(int end, int next) {
        boolean tooLong = skipping || end - position > maxLength;
        start = position;
        length = end - position;
        if (length > 0 && buffer[end - 1] == '\r') {
            length--;
        }
        position = next;
        scanned = next;
        skipping = false;
        return tooLong ? Found.TOO_LONG : Found.LINE;
    }

    private void makeRoom() {
        if (skipping || limit - position > maxLength) {
            skipping = true;
            position = 0;
            limit = 0;
        } else if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        scanned = limit;
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, maxLength + 1));
        }
    }
}
