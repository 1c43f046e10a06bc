package io.eventpipeline.streams.queries;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.streams.queries.freshness.RestoreProgress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks other instances, once: a question that came from another instance is never sent on, or two
 * instances with different views of an assignment would send it back and forth. Thread-safe.
 */
@Component
public final class OtherInstances implements AutoCloseable {

    /** Says that a question was sent on already. */
    static final String HOP_HEADER = "Pipeline-Hop";

    private static final String AFTER = "after";
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** While there is somebody else to ask: a frozen instance takes connections, and is silent. */
    private static final Duration IMPATIENT_ANSWER = Duration.ofSeconds(1);

    private static final List<String> COPIED_HEADERS =
            List.of(
                    HttpHeaders.RETRY_AFTER,
                    Origin.SERVED_BY_HEADER,
                    Origin.ROLE_HEADER,
                    Origin.STALENESS_HEADER);

    private final RestClient patient;
    private final RestClient impatient;
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

    OtherInstances() {
        HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        patient = client(http, ANSWER);
        impatient = client(http, IMPATIENT_ANSWER);
    }

    private static RestClient client(HttpClient http, Duration answer) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(answer);
        return RestClient.builder().requestFactory(requests).build();
    }

    /** Whether another instance asks, not a client. */
    static boolean cameFromAnother(HttpServletRequest request) {
        return request.getHeader(HOP_HEADER) != null;
    }

    /** The name that an instance has in answers. */
    public static String name(HostInfo instance) {
        return instance.host() + ":" + instance.port();
    }

    /**
     * The other instance's answer to the same question as it is, its problems included.
     *
     * @param othersLeft whether somebody else can be asked if it is silent
     * @throws ErrorResponseException a problem of type {@code state-unavailable} if it cannot tell,
     *     or does not answer within seconds
     */
    ResponseEntity<byte[]> ask(HostInfo other, HttpServletRequest asked, boolean othersLeft) {
        return ask(other, uri(other, asked), othersLeft ? impatient : patient);
    }

    /**
     * The first answer of several instances that are asked at once.
     *
     * @param refusals of those that were asked before
     * @throws ErrorResponseException a problem of type {@code state-unavailable} if none can tell
     */
    ResponseEntity<byte[]> askAny(
            Collection<HostInfo> instances,
            HttpServletRequest asked,
            List<ErrorResponseException> refusals) {
        CompletionService<ResponseEntity<byte[]>> answers = new ExecutorCompletionService<>(asking);
        // A request belongs to the thread that it came with.
        for (HostInfo other : instances) {
            URI uri = uri(other, asked);
            answers.submit(() -> ask(other, uri, patient));
        }
        for (int left = instances.size(); left > 0; left--) {
            try {
                return answers.take().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof ErrorResponseException refusal)) {
                    throw new IllegalStateException(e.getCause());
                }
                refusals.add(refusal);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw Unavailable.because("The service is stopping");
            }
        }
        throw Unavailable.mostTelling(refusals);
    }

    /**
     * The same question to another instance for its part of a list, to be asked by any thread.
     *
     * @param cursor behind what is read; a first page's has the range of time that all shall use
     */
    public Supplier<ResponseEntity<byte[]>> part(
            HostInfo other, HttpServletRequest asked, String cursor) {
        String query = asked.getQueryString();
        String withCursor =
                asked.getParameter(AFTER) != null
                        ? query
                        : (query == null ? "" : query + "&") + AFTER + "=" + cursor;
        URI uri = uri(other, asked, withCursor);
        return () -> ask(other, uri, patient);
    }

    private static URI uri(HostInfo other, HttpServletRequest asked) {
        return uri(other, asked, asked.getQueryString());
    }

    private static URI uri(HostInfo other, HttpServletRequest asked, @Nullable String query) {
        // Path and query are as the client encoded them.
        return URI.create(
                "http://%s%s%s"
                        .formatted(
                                name(other),
                                asked.getRequestURI(),
                                query == null ? "" : "?" + query));
    }

    private static ResponseEntity<byte[]> ask(HostInfo other, URI uri, RestClient client) {
        ResponseEntity<byte[]> answer;
        try {
            answer =
                    client.get()
                            .uri(uri)
                            .header(HOP_HEADER, "1")
                            .exchange((request, response) ->
                                    copy(
                                            response.getStatusCode(),
                                            response.getHeaders(),
                                            response.getBody().readAllBytes()));
        } catch (ResourceAccessException | HttpMessageConversionException _) {
            throw Unavailable.because("The instance %s does not answer".formatted(name(other)));
        }
        if (answer.getStatusCode().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            throw refusal(other, answer.getBody());
        }
        return answer;
    }

    private static ResponseEntity<byte[]> copy(
            HttpStatusCode status, HttpHeaders received, byte[] body) {
        HttpHeaders headers = new HttpHeaders();
        MediaType type = received.getContentType();
        if (type != null) {
            headers.setContentType(type);
        }
        for (String name : COPIED_HEADERS) {
            String value = received.getFirst(name);
            if (value != null) {
                headers.set(name, value);
            }
        }
        return new ResponseEntity<>(body, headers, status);
    }

    private static ErrorResponseException refusal(HostInfo other, byte @Nullable [] body) {
        try {
            JsonNode problem = EventJson.mapper().readTree(body == null ? new byte[0] : body);
            return Unavailable.because(
                    problem.path("detail").asString(),
                    problem.has(Unavailable.RESTORING)
                            ? List.of(
                                    EventJson.mapper()
                                            .treeToValue(
                                                    problem.path(Unavailable.RESTORING),
                                                    RestoreProgress[].class))
                            : List.of());
        } catch (JacksonException _) {
            return Unavailable.because("The instance %s cannot tell".formatted(name(other)));
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
