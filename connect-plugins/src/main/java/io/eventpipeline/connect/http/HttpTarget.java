package io.eventpipeline.connect.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The web service: posts bodies to its one address. Follows no redirects. */
final class HttpTarget implements AutoCloseable {

    private final HttpClient client;
    private final HttpRequest.Builder request;
    private final String address;

    /**
     * Prepares the requests; sends none.
     *
     * @throws IllegalArgumentException if a header has a name or a value that no request may have
     */
    HttpTarget(HttpSinkConfig config) {
        client =
                HttpClient.newBuilder()
                        .connectTimeout(config.connectTimeout())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        request =
                HttpRequest.newBuilder(config.url())
                        .timeout(config.requestTimeout())
                        .setHeader("Content-Type", config.format().contentType());
        config.headers().forEach(request::setHeader);
        address = config.url().toString();
    }

    /**
     * An answer.
     *
     * @param retryAfter what it asked to wait; zero if it did not
     */
    record Answer(int status, String body, Duration retryAfter) {

        private static final int LONGEST_EXCERPT = 300;

        /** The status with the beginning of the body, which may say why. */
        String summary() {
            String excerpt =
                    body.length() > LONGEST_EXCERPT ? body.substring(0, LONGEST_EXCERPT) : body;
            return status + (excerpt.isBlank() ? "" : " " + excerpt.strip());
        }
    }

    /**
     * Posts a body.
     *
     * @throws IOException if no answer came in time
     * @throws InterruptedException if the task is being stopped
     */
    Answer post(byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(
                        request.copy().POST(BodyPublishers.ofByteArray(body)).build(),
                        BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), retryAfter(response));
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** In seconds; the other form, a date, is taken for nothing. */
    private static Duration retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }
}
