package io.eventpipeline.consumer.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;

/** A web service that notes what it is sent and answers as it is told. Thread-safe. */
final class HttpTarget implements AutoCloseable {

    /** A request as it came. */
    static final class Call {
        private final Headers headers;
        private final byte[] body;

        private Call(Headers headers, byte[] body) {
            this.headers = headers;
            this.body = body;
        }

        /** A header's value, empty if it is not there. */
        String header(String name) {
            return Objects.requireNonNullElse(headers.getFirst(name), "");
        }

        byte[] body() {
            return body.clone();
        }
    }

    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile Function<Call, Integer> answer = _ -> 204;

    HttpTarget() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Decides the status of each answer from now on. */
    void answers(Function<Call, Integer> status) {
        answer = status;
    }

    /** The calls that were made, in order. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    long count(Predicate<Call> which) {
        return calls.stream().filter(which).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call =
                    new Call(
                            exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
            calls.add(call);
            exchange.sendResponseHeaders(answer.apply(call), -1);
        }
    }
}
