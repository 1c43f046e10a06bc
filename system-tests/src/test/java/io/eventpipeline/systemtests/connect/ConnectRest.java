package io.eventpipeline.systemtests.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.systemtests.services.ConnectPipeline.Worker;
import io.eventpipeline.systemtests.services.Rest;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a worker by Kafka Connect's REST API. */
record ConnectRest(Worker worker) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Makes a connector.
     *
     * @return whether the worker took it; it does not while it is rebalancing
     */
    boolean configure(String connector, Map<String, String> config) {
        HttpResponse<String> answer =
                Rest.send(
                        "PUT",
                        worker.rest().resolve("/connectors/" + connector + "/config"),
                        JSON.writeValueAsString(config).getBytes(UTF_8));
        if (answer.statusCode() == 400) {
            throw new IllegalStateException(answer.body());
        }
        return answer.statusCode() < 300;
    }

    /** The connectors with their settings, as the worker answers. */
    JsonNode connectors() {
        return JSON.readTree(Rest.get(worker.rest().resolve("/connectors?expand=info")).body());
    }

    /**
     * Where the running tasks are, by {@code connector-task=worker}; those that do not run are left
     * out. Empty while the worker does not answer.
     */
    Set<String> runningTasks() {
        Set<String> running = new TreeSet<>();
        try {
            JsonNode all =
                    JSON.readTree(
                            Rest.get(worker.rest().resolve("/connectors?expand=status")).body());
            all.properties()
                    .forEach(connector ->
                            connector
                                    .getValue()
                                    .at("/status/tasks")
                                    .forEach(task -> {
                                        if (task.at("/state").asString().equals("RUNNING")) {
                                            running.add(
                                                    "%s-%d=%s"
                                                            .formatted(
                                                                    connector.getKey(),
                                                                    task.at("/id").asInt(),
                                                                    task.at("/worker_id")
                                                                            .asString()));
                                        }
                                    }));
        } catch (UncheckedIOException e) {
            running.clear();
        }
        return running;
    }
}
