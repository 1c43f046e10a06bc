package io.eventpipeline.systemtests.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The suite's HTTP client. Safe for use by several threads. */
public final class Rest {

    /** More than the ten seconds within which every input has its answer (DESIGN.md section 5). */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private Rest() {}

    /** Reads. */
    public static HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri));
    }

    /** Reads and tells only the status; 0 if nobody answers. */
    public static int statusOf(URI uri) {
        try {
            return get(uri).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /**
     * Sends a JSON body.
     *
     * @param method POST or PUT
     * @param headers names and values in turn
     */
    public static HttpResponse<String> send(
            String method, URI uri, byte[] json, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(
                    request.timeout(ANSWER_TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        }
    }
}
