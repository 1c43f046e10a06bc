package io.eventpipeline.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Requests on some connections, each sending its next one as soon as the last is answered. One
 * thread serves all connections by a selector: threads of the load would take the processors from
 * what is measured. Use it once, from one thread.
 */
public final class HttpLoad {

    private static final int BUFFER_BYTES = 256 << 10;
    private static final int SELECT_MILLIS = 20;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    /** So many small answers are checked for receipts; of larger ones every sixteenth. */
    private static final int RECORDS_OF_A_SMALL_ANSWER = 10;

    private static final int CHECK_EACH = 16;

    /** So many failures and not one success are not worth going on. */
    private static final int MOST_FAILURES = 1_000;

    private final Endpoint endpoint;
    private final int connectionCount;
    private final int records;
    private final PreparedRequests requests;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Set<LoadConnection> connections = new HashSet<>();
    private final Tally tally;
    private long sent;
    private boolean ending;
    private String firstFailure = "";

    /**
     * A load that has not begun.
     *
     * @param endpoint where to
     * @param connections how many connections
     * @param records how many records a request has
     * @param values the values of the records
     * @param cpu reads the processor times that the result shows
     */
    public HttpLoad(
            Endpoint endpoint,
            int connections,
            int records,
            RandomValues values,
            Supplier<CpuTimes> cpu) {
        this.endpoint = endpoint;
        this.connectionCount = connections;
        this.records = records;
        this.requests = PreparedRequests.of(endpoint, records, values);
        this.tally = new Tally(cpu);
    }

    /**
     * Sends for a while and measures for another.
     *
     * @param warmUp how long to send before measuring
     * @param measured how long to measure
     * @throws IOException if the endpoint cannot be reached, or nothing but failures comes
     */
    public LoadResult run(Duration warmUp, Duration measured) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connectionCount; i++) {
                connect(selector);
            }
            serve(selector, warmUp);
            tally.begin();
            serve(selector, measured);
            tally.end();
            ending = true;
            drain(selector);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e.getCause());
        } finally {
            connections.forEach(LoadConnection::close);
        }
        return tally.result();
    }

    /** What the first failure looked like; empty if there was none. */
    public String firstFailure() {
        return firstFailure;
    }

    private void connect(Selector selector) throws IOException {
        LoadConnection connection = new LoadConnection(endpoint, selector);
        connections.add(connection);
        sendNext(connection);
    }

    private void sendNext(LoadConnection connection) throws IOException {
        long number = sent++;
        boolean check =
                !endpoint.receipt().isEmpty()
                        && (records <= RECORDS_OF_A_SMALL_ANSWER || number % CHECK_EACH == 0);
        connection.send(requests.get((int) (number % requests.size())), check);
    }

    private void serve(Selector selector, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            selector.select(this::serve, SELECT_MILLIS);
            if (tally.failures() > MOST_FAILURES && tally.acknowledged() == 0) {
                throw new IOException(
                        "%s: nothing but failures, the first: %s"
                                .formatted(endpoint.name(), firstFailure));
            }
        }
    }

    private void drain(Selector selector) throws IOException {
        long end = System.nanoTime() + LONGEST_ANSWER.toNanos();
        while (connections.stream().anyMatch(LoadConnection::isWaiting)
                && System.nanoTime() < end) {
            selector.select(this::serve, SELECT_MILLIS);
        }
        connections.stream()
                .filter(LoadConnection::isWaiting)
                .forEach(connection -> failed("no answer within " + LONGEST_ANSWER));
    }

    private void serve(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isReadable() && connection.read(buffer)) {
                answered(connection, key.selector());
            }
        } catch (IOException e) {
            failed(connection + ", " + e.getMessage());
            replace(connection, key.selector());
        }
    }

    private void answered(LoadConnection connection, Selector selector) throws IOException {
        if (connection.succeeded(records)) {
            tally.took(connection.nanosSinceSent(System.nanoTime()));
            tally.stored(1, records);
        } else {
            failed(connection.toString());
        }
        if (connection.isOver()) {
            replace(connection, selector);
        } else if (!ending) {
            sendNext(connection);
        }
    }

    private void failed(String why) {
        tally.failed();
        if (firstFailure.isEmpty()) {
            firstFailure = why;
        }
    }

    private void replace(LoadConnection connection, Selector selector) {
        connection.close();
        connections.remove(connection);
        if (ending) {
            return;
        }
        try {
            connect(selector);
        } catch (IOException e) {
            throw new UncheckedIOException(endpoint.name() + " is gone: " + e.getMessage(), e);
        }
    }
}
