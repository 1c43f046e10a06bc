package io.eventpipeline.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One kept-alive connection with at most one request under way. Used by the thread of its {@link
 * HttpLoad} only.
 */
final class LoadConnection {

    private static final BodyReader IGNORED = (bytes, from, to) -> {};

    private final Endpoint endpoint;
    private final ResponseParser parser = new ResponseParser();
    private final ReceiptCounter receipts;
    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer request = ByteBuffer.allocate(0);
    private boolean checked;
    private boolean waiting;
    private long sentAt;

    LoadConnection(Endpoint endpoint, Selector selector) throws IOException {
        this.endpoint = endpoint;
        receipts = new ReceiptCounter(endpoint.receipt());
        channel = SocketChannel.open(endpoint.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /**
     * Sends a request, or as much of it as the connection takes now.
     *
     * @param next the whole request
     * @param check whether the receipts in the answer are to be counted
     */
    void send(ByteBuffer next, boolean check) throws IOException {
        request = next;
        checked = check;
        receipts.reset();
        parser.reset();
        waiting = true;
        sentAt = System.nanoTime();
        write();
    }

    void write() throws IOException {
        channel.write(request);
        key.interestOps(
                request.hasRemaining()
                        ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                        : SelectionKey.OP_READ);
    }

    /**
     * Reads what has come.
     *
     * @return whether the answer is complete
     */
    boolean read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int length = channel.read(buffer);
        if (length < 0) {
            throw new EOFException("the server closed the connection");
        }
        int from = buffer.arrayOffset();
        int to = from + length;
        int end = parser.parse(buffer.array(), from, to, checked ? receipts : IGNORED);
        if (end < to) {
            throw new IOException("more than an answer: " + (to - end) + " bytes");
        }
        if (!parser.isDone()) {
            return false;
        }
        waiting = false;
        return true;
    }

    boolean isWaiting() {
        return waiting;
    }

    /** Whether the answer is a good one to so many records, as far as it was looked at. */
    boolean succeeded(int records) {
        return parser.status() == 200 && (!checked || receipts.count() == records);
    }

    /** Whether it cannot carry another request. */
    boolean isOver() {
        return parser.closes() || request.hasRemaining();
    }

    long nanosSinceSent(long now) {
        return now - sentAt;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("could not close a connection to " + endpoint.url(), e);
        }
    }

    @Override
    public String toString() {
        return "%s: status %d, %s"
                .formatted(
                        endpoint.name(),
                        parser.status(),
                        checked ? receipts.count() + " receipts" : "receipts not counted");
    }
}
