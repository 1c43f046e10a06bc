package io.eventpipeline.producer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running producer-service and a client for it. */
final class Service implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Runnable end;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LONGEST_ANSWER)
                    .build();

    private Service(int port, Runnable end) {
        this.port = port;
        this.end = end;
    }

    /** An answer and how long it took. */
    record Answer(HttpResponse<String> response, Duration took) {

        int status() {
            return response.statusCode();
        }

        JsonNode body() {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** Starts the service in this JVM, on a free port and those brokers. */
    static Service on(String bootstrapServers, String... settings) {
        return on(ProducerServiceApplication.class, bootstrapServers, settings);
    }

    /** Starts it with a configuration that breaks something. */
    static Service on(Class<?> fault, String bootstrapServers, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("spring.kafka.bootstrap-servers=" + bootstrapServers);
        arguments.add("server.port=0");
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(ProducerServiceApplication.class, fault)
                        .run(arguments.stream().map("--"::concat).toArray(String[]::new));
        return new Service(
                context.getEnvironment().getRequiredProperty("local.server.port", int.class),
                context::close);
    }

    /** The service that somebody else started. */
    static Service at(int port) {
        return new Service(port, () -> {});
    }

    int port() {
        return port;
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    Answer get(String path) {
        return exchange(HttpRequest.newBuilder(uri(path)).GET());
    }

    CompletableFuture<Answer> postLater(String path, String body) {
        return CompletableFuture.supplyAsync(() -> post(path, body));
    }

    /** Whether it is ready, by its own word. */
    boolean isReady() {
        return get("/actuator/health/readiness").status() == 200;
    }

    /** Whether it takes connections. */
    boolean accepts() {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The value of a metric without tags, by its name in Prometheus; 0 if there is none. */
    double metric(String name) {
        return get("/actuator/prometheus")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return exchange(request);
    }

    Answer exchange(HttpRequest.Builder request) {
        long start = System.nanoTime();
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(LONGEST_ANSWER).build(), BodyHandlers.ofString());
            return new Answer(response, Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        end.run();
    }
}
