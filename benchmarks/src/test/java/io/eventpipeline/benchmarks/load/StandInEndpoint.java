package io.eventpipeline.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Answers as a produce endpoint does, and stores nothing. */
final class StandInEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong records = new AtomicLong();

    StandInEndpoint() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/records", this::answerAll);
        server.createContext("/stream", this::answerLines);
        server.createContext("/busy", exchange -> answer(exchange, 503, "{}"));
        server.start();
    }

    /** One of its doors. */
    Endpoint door(String path, String template) {
        return new Endpoint(
                "stand-in",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
                "POST",
                "application/json",
                BodyTemplate.parse(template),
                "\"offset\":");
    }

    /** How many records have come. */
    long records() {
        return records.get();
    }

    private void answerAll(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int count = body.split("\"id\"", -1).length - 1;
        records.addAndGet(count);
        answer(exchange, 200, "{\"offset\":1}".repeat(count));
    }

    private void answerLines(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        exchange.getRequestBody(), StandardCharsets.UTF_8));
                OutputStream out = exchange.getResponseBody()) {
            while (lines.readLine() != null) {
                long offset = records.incrementAndGet();
                out.write(("{\"offset\":" + offset + "}\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
