package io.eventpipeline.connect.rest;

import io.eventpipeline.connect.worker.RunningWorker;
import io.eventpipeline.connect.worker.WorkerAccess;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/**
 * Calls this worker's own REST API. Every call ends within {@link #PATIENCE}. Safe for use by
 * several threads.
 */
@Component
public class ConnectRestClient {

    private static final Logger log = LoggerFactory.getLogger(ConnectRestClient.class);

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

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
     * Makes a connector that does not exist yet, in a state of its own.
     *
     * @param initialState {@code RUNNING}, {@code PAUSED} or {@code STOPPED}
     * @throws InvalidConnectorException if the worker refuses the configuration
     * @throws RestClientException if the worker is rebalancing or does not answer, or the connector
     *     exists by now
     */
    public void create(String connector, Map<String, String> config, String initialState) {
        try {
            client.post()
                    .uri(base() + "connectors")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(
                            Map.of(
                                    "name",
                                    connector,
                                    "config",
                                    config,
                                    "initial_state",
                                    initialState))
                    .retrieve()
                    .toBodilessEntity();
        } catch (HttpClientErrorException.BadRequest e) {
            throw new InvalidConnectorException(message(e), e);
        }
    }

    /**
     * Removes a connector; one that does not exist is no error.
     *
     * @throws RestClientException if the worker is rebalancing or does not answer
     */
    public void remove(String connector) {
        try {
            client.delete().uri(base() + "connectors/{c}", connector).retrieve().toBodilessEntity();
        } catch (HttpClientErrorException.NotFound e) {
            log.debug("The connector {} was removed already", connector, e);
        }
    }

    /**
     * What is wrong with a configuration, by the field that it is wrong with.
     *
     * @return empty if it would be taken
     * @throws InvalidConnectorException if the worker cannot even look at it
     * @throws RestClientException if the worker does not answer
     */
    public Map<String, List<String>> validate(Map<String, String> config) {
        try {
            JsonNode answer =
                    client.put()
                            .uri(
                                    base() + "connector-plugins/{p}/config/validate",
                                    config.getOrDefault("connector.class", ""))
                            .contentType(MediaType.APPLICATION_JSON)
                            .body(config)
                            .retrieve()
                            .body(JsonNode.class);
            Map<String, List<String>> errors = new TreeMap<>();
            if (answer != null) {
                for (JsonNode field : answer.path("configs")) {
                    field.at("/value/errors")
                            .forEach(error ->
                                    errors.computeIfAbsent(
                                                    field.at("/value/name").asString(),
                                                    name -> new ArrayList<>())
                                            .add(error.asString()));
                }
            }
            return errors;
        } catch (HttpClientErrorException e) {
            throw new InvalidConnectorException(message(e), e);
        } catch (HttpServerErrorException.InternalServerError e) {
            throw new InvalidConnectorException(e.getStatusText(), e);
        }
    }

    private String base() {
        return worker.running()
                .map(RunningWorker::localUrl)
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
