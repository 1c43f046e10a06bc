package io.eventpipeline.benchmarks.consuming;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.json.EventJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A web service that takes its time with each order, and knows the order of orders: their ids are
 * {@code <customer>/<number>}. Thread-safe.
 */
public final class SlowTarget implements AutoCloseable {

    private static final int BACKLOG = 1_000;
    private static final int NO_CONTENT = 204;

    private final HttpServer server;
    private final Duration delay;
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong disordered = new AtomicLong();

    /** Starts it on a free port. */
    public SlowTarget(Duration delay) {
        this.delay = delay;
        // It would close what is more than 200, and have connections made all the time.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new BenchmarkException("no port for the target", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", this::take);
        server.start();
    }

    /** Where orders go. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** How many orders it has answered. */
    public long taken() {
        return taken.get();
    }

    /** How many came in another order than they were sent in, or twice. */
    public long disordered() {
        return disordered.get();
    }

    /** Begins anew. */
    public void forget() {
        last.clear();
        taken.set(0);
        disordered.set(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String id = EventJson.read(body, OrderPlaced.class).orderId().value();
            int slash = id.lastIndexOf('/');
            long number = Long.parseLong(id.substring(slash + 1));
            Waiting.pause(delay);
            // When it is done, and not when it begins: nothing of a key may overtake.
            Long before = last.put(id.substring(0, slash), number);
            if (number != (before == null ? 0 : before + 1)) {
                disordered.incrementAndGet();
            }
            taken.incrementAndGet();
            exchange.sendResponseHeaders(NO_CONTENT, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
