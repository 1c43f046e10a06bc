package io.eventpipeline.standalone.sending;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventpipeline.model.json.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for the records door, in memory, because a real one cannot be made to store a record
 * and lose the answer on demand.
 */
final class StandInDoor implements AutoCloseable {

    private static final JsonMapper JSON = EventJson.mapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Stored> stored = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final AtomicLong offsets = new AtomicLong();

    record Stored(@Nullable String idempotencyKey, @Nullable String key, String value) {}

    /** How a request, or in a stream a line, is answered instead of with a receipt. */
    enum Answer {
        STORED,
        BUSY,
        UNKNOWN,
        NO_SUCH_TOPIC,
        /** Stored, but the connection breaks. */
        BROKEN
    }

    StandInDoor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/topics/ops.log.dev.line/records", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    RecordsDoor door() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new RecordsDoor(url, "ops.log.dev.line", "all");
    }

    /** The next requests, or lines, are answered so; all later ones with receipts. */
    void answerNext(Answer... answers) {
        Collections.addAll(next, answers);
    }

    List<Stored> stored() {
        return List.copyOf(stored);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if ("application/x-ndjson"
                    .equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
                answerLines(exchange);
            } else {
                answerEnvelope(exchange);
            }
        }
    }

    private void answerEnvelope(HttpExchange exchange) throws IOException {
        JsonNode records = JSON.readTree(exchange.getRequestBody().readAllBytes()).path("records");
        String idempotencyKey = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Answer answer = nextAnswer();
        if (answer == Answer.BUSY || answer == Answer.UNKNOWN || answer == Answer.NO_SUCH_TOPIC) {
            send(exchange, status(answer), problem(answer));
            return;
        }
        List<String> receipts = new ArrayList<>();
        records.forEach(record -> receipts.add(store(record, idempotencyKey)));
        if (answer == Answer.STORED) {
            send(exchange, 200, "{\"records\":[" + String.join(",", receipts) + "]}");
        }
    }

    private void answerLines(HttpExchange exchange) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(exchange.getRequestBody(), UTF_8));
        if (next.peek() == Answer.NO_SUCH_TOPIC) {
            send(exchange, 404, problem(Answer.NO_SUCH_TOPIC));
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Answer answer = nextAnswer();
            if (answer == Answer.BROKEN) {
                return;
            }
            String told =
                    answer == Answer.STORED ? store(JSON.readTree(line), null) : problem(answer);
            out.write((told + "\n").getBytes(UTF_8));
            out.flush();
        }
        out.close();
    }

    private Answer nextAnswer() {
        Answer answer = next.poll();
        return answer == null ? Answer.STORED : answer;
    }

    private String store(JsonNode record, @Nullable String idempotencyKey) {
        stored.add(
                new Stored(
                        idempotencyKey,
                        record.has("key") ? record.path("key").asString() : null,
                        record.path("value").asString()));
        return "{\"eventId\":\"x\",\"topic\":\"ops.log.dev.line\",\"partition\":0,\"offset\":%d,\"timestamp\":1}"
                .formatted(offsets.getAndIncrement());
    }

    private static int status(Answer answer) {
        return switch (answer) {
            case BUSY -> 503;
            case UNKNOWN -> 504;
            case NO_SUCH_TOPIC -> 404;
            case STORED, BROKEN -> 200;
        };
    }

    private static String problem(Answer answer) {
        return "{\"type\":\"https://eventpipeline.io/problems/%s\",\"status\":%d,\"retryable\":%b,\"outcome\":\"%s\"}"
                .formatted(
                        answer == Answer.BUSY ? "overloaded" : "outcome-unknown",
                        status(answer),
                        answer != Answer.NO_SUCH_TOPIC,
                        answer == Answer.UNKNOWN ? "unknown" : "not_written");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
