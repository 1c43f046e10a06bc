package io.eventpipeline.standalone.instance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a service's actuator how it is. Safe for use by several threads. */
final class ServiceHealth {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    // The first member of the answer is the status of the whole.
    private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"([A-Z_]+)\"");

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    boolean isReady(ServiceDefinition service) {
        try {
            return get(service.readiness()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Such as {@code UP}, {@code DEGRADED} or {@code DOWN}; {@code no answer} where there is none.
     */
    String status(ServiceDefinition service) {
        try {
            Matcher status = STATUS.matcher(get(service.health()).body());
            return status.find() ? status.group(1) : "unknown";
        } catch (IOException e) {
            return "no answer";
        }
    }

    private HttpResponse<String> get(URI uri) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
