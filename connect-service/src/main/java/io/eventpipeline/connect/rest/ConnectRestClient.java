package io.eventpipeline.connect.rest;

import io.eventpipeline.connect.worker.WorkerAccess;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls this worker's own REST API. Every call ends within {@link #PATIENCE}. Safe for use by
 * several threads.
 */
@Component
public class ConnectRestClient {

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final ParameterizedTypeReference<Map<String, String>> CONFIG =
            new ParameterizedTypeReference<>() {};

    private final WorkerAccess worker;
    private final RestClient client;

    ConnectRestClient(WorkerAccess worker) {
        this.worker = worker;
        JdkClientHttpRequestFactory requests =
                new JdkClientHttpRequestFactory(
                        HttpClient.newBuilder().connectTimeout(CONNECT_PATIENCE).build());
        requests.setReadTimeout(PATIENCE);
        this.client = RestClient.builder().requestFactory(requests).build();
    }

    /**
     * The configuration of a connector as it was given.
     *
     * @return empty where there is no such connector
     * @throws RestClientException if the worker refuses or does not answer
     */
    public Optional<Map<String, String>> config(String connector) {
        try {
            return Optional.ofNullable(
                    client.get()
                            .uri(base() + "connectors/{c}/config", connector)
                            .retrieve()
                            .body(CONFIG));
        } catch (HttpClientErrorException.NotFound e) {
            return Optional.empty();
        }
    }

    /**
     * Makes a connector, or gives it another configuration.
     *
     * @throws InvalidConnectorException if the worker refuses the configuration
     * @throws RestClientException if the worker is rebalancing or does not answer
     */
    public void configure(String connector, Map<String, String> config) {
        try {
            client.put()
                    .uri(base() + "connectors/{c}/config", connector)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(config)
                    .retrieve()
                    .toBodilessEntity();
        } catch (HttpClientErrorException.BadRequest e) {
            throw new InvalidConnectorException(message(e), e);
        }
    }

    /**
     * Restarts a connector, without its tasks.
     *
     * @return whether the worker took the request; it does not while it is rebalancing
     * @throws RestClientException if the worker refuses or does not answer
     */
    public boolean restart(String connector) {
        return post("connectors/{c}/restart", connector);
    }

    /**
     * Restarts a task.
     *
     * @return whether the worker took the request; it does not while it is rebalancing
     * @throws RestClientException if the worker refuses or does not answer
     */
    public boolean restart(String connector, int task) {
        return post("connectors/{c}/tasks/{t}/restart", connector, task);
    }

    private boolean post(String path, Object... names) {
        try {
            client.post().uri(base() + path, names).retrieve().toBodilessEntity();
            return true;
        } catch (HttpClientErrorException e) {
            if (e.getStatusCode().isSameCodeAs(HttpStatus.CONFLICT)
                    || e.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }

    private String base() {
        return worker.restUrl()
                .orElseThrow(() -> new RestClientException("The worker is not running"))
                .toString();
    }

    /** Kafka Connect's own words, without the JSON around them. */
    private static String message(HttpClientErrorException e) {
        Map<?, ?> body = e.getResponseBodyAs(Map.class);
        return body != null && body.get("message") instanceof String message
                ? message
                : e.getStatusText();
    }
}
