package io.eventpipeline.streams.queries;

import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.apache.kafka.streams.state.HostInfo;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Asks the instance that has a key, once: a question that came from another instance is never sent
 * on, or two instances with different views of an assignment would send it back and forth.
 * Thread-safe.
 */
@Component
final class OtherInstances {

    /** Says that a question was sent on already. */
    static final String HOP_HEADER = "Pipeline-Hop";

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final RestClient client;

    OtherInstances() {
        HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(ANSWER);
        client = RestClient.builder().requestFactory(requests).build();
    }

    /** Whether another instance asks, not a client. */
    static boolean cameFromAnother(HttpServletRequest request) {
        return request.getHeader(HOP_HEADER) != null;
    }

    /**
     * The other instance's answer to the same question as it is, its problems included.
     *
     * @throws org.springframework.web.ErrorResponseException a problem of type {@code
     *     state-unavailable} if it does not answer within seconds
     */
    ResponseEntity<byte[]> ask(HostInfo owner, HttpServletRequest asked) {
        String query = asked.getQueryString();
        // Path and query are as the client encoded them.
        URI uri =
                URI.create(
                        "http://%s:%d%s%s"
                                .formatted(
                                        owner.host(),
                                        owner.port(),
                                        asked.getRequestURI(),
                                        query == null ? "" : "?" + query));
        try {
            return client.get()
                    .uri(uri)
                    .header(HOP_HEADER, "1")
                    .exchange((request, response) ->
                            copy(
                                    response.getStatusCode(),
                                    response.getHeaders(),
                                    response.getBody().readAllBytes()));
        } catch (ResourceAccessException | HttpMessageConversionException e) {
            throw ProblemType.STATE_UNAVAILABLE.exception(
                    "The instance %s:%d, which has the key, does not answer"
                            .formatted(owner.host(), owner.port()),
                    1);
        }
    }

    private static ResponseEntity<byte[]> copy(
            HttpStatusCode status, HttpHeaders received, byte[] body) throws IOException {
        HttpHeaders headers = new HttpHeaders();
        MediaType type = received.getContentType();
        if (type != null) {
            headers.setContentType(type);
        }
        String retryAfter = received.getFirst(HttpHeaders.RETRY_AFTER);
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return new ResponseEntity<>(body, headers, status);
    }
}
