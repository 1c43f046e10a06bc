package io.eventpipeline.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests as bytes, made before the clock runs. There are as many different ones as are worth
 * having; connections walk through them in a circle. Immutable.
 */
final class PreparedRequests {

    private static final int MOST = 256;
    private static final int MOST_BYTES = 4 << 20;

    private final List<ByteBuffer> requests;

    private PreparedRequests(List<ByteBuffer> requests) {
        this.requests = requests;
    }

    /** Whole requests with so many records each. */
    static PreparedRequests of(Endpoint endpoint, int records, RandomValues values) {
        List<ByteBuffer> requests = new ArrayList<>();
        int bytes = 0;
        while (requests.size() < MOST && bytes < MOST_BYTES) {
            byte[] body = endpoint.body().body(records, values).getBytes(StandardCharsets.UTF_8);
            ByteBuffer request =
                    buffer(endpoint.head("Content-Length: " + body.length), body, new byte[0]);
            requests.add(request);
            bytes += request.capacity();
        }
        return new PreparedRequests(requests);
    }

    /** Chunks of a streamed body (RFC 9112, section 7.1) with so many records each. */
    static PreparedRequests chunks(Endpoint endpoint, int records, RandomValues values) {
        List<ByteBuffer> chunks = new ArrayList<>();
        int bytes = 0;
        while (chunks.size() < MOST && bytes < MOST_BYTES) {
            byte[] lines = endpoint.body().body(records, values).getBytes(StandardCharsets.UTF_8);
            byte[] size =
                    (Integer.toHexString(lines.length) + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer chunk = buffer(size, lines, new byte[] {'\r', '\n'});
            chunks.add(chunk);
            bytes += chunk.capacity();
        }
        return new PreparedRequests(chunks);
    }

    int size() {
        return requests.size();
    }

    /** A view with a position of its own. */
    ByteBuffer get(int index) {
        return requests.get(index % requests.size()).duplicate();
    }

    private static ByteBuffer buffer(byte[] first, byte[] second, byte[] third) {
        // Outside of the heap, so that a write copies nothing.
        return ByteBuffer.allocateDirect(first.length + second.length + third.length)
                .put(first)
                .put(second)
                .put(third)
                .flip();
    }
}
