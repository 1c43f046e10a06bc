package io.eventpipeline.consumer;

import io.eventpipeline.model.json.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An instance of the service in this JVM, on a port of its own. */
public final class RunningService implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = EventJson.mapper();
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(20);

    private final ConfigurableApplicationContext context;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts an instance, without waiting for Kafka and PostgreSQL. */
    public static RunningService start(
            String bootstrapServers, String jdbcUrl, String environment, String... more) {
        return start(
                new Class<?>[] {ConsumerServiceApplication.class},
                bootstrapServers,
                jdbcUrl,
                environment,
                more);
    }

    /** Starts an instance with further configuration. */
    public static RunningService start(
            Class<?>[] sources,
            String bootstrapServers,
            String jdbcUrl,
            String environment,
            String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=0");
        arguments.add("--spring.kafka.bootstrap-servers=" + bootstrapServers);
        arguments.add("--spring.datasource.url=" + jdbcUrl);
        arguments.add("--pipeline.environment=" + environment);
        arguments.add("--spring.jmx.enabled=false");
        arguments.add("--logging.level.root=ERROR");
        arguments.add("--logging.level.io.eventpipeline=ERROR");
        if (Stream.of(more).noneMatch(argument -> argument.contains(".archive."))) {
            arguments.add("--pipeline.consumer.archive.enabled=false");
        }
        arguments.addAll(List.of(more));
        return new RunningService(
                new SpringApplication(sources).run(arguments.toArray(String[]::new)));
    }

    /** A bean of the instance. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Sends a GET. */
    public HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    /** Sends a POST with a body of JSON, or none. */
    public HttpResponse<String> post(String path, String json) {
        return send("POST", path, json);
    }

    /** Sends a request with a body of JSON, or none. */
    public HttpResponse<String> send(String method, String path, String json) {
        int port =
                Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                        .getPort();
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(HTTP_TIMEOUT)
                            .header("Content-Type", "application/json")
                            .method(
                                    method,
                                    json.isEmpty()
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a GET and reads the answer as JSON, whatever its status. */
    public JsonNode json(String path) {
        return read(get(path).body());
    }

    /** Reads JSON. */
    public static JsonNode read(String json) {
        return JSON.readTree(json);
    }

    @Override
    public void close() {
        context.close();
    }
}
