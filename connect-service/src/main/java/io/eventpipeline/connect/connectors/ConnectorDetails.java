package io.eventpipeline.connect.connectors;

import io.eventpipeline.connect.worker.ConnectorState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes down a connector, its tasks and what happened to them, as health and endpoints show it.
 */
public final class ConnectorDetails {

    private ConnectorDetails() {}

    /** The details of a connector by their names. */
    public static Map<String, Object> of(ConnectorState connector, Map<Member, Failures> failures) {
        Map<String, Object> details =
                details(connector.instance(), failures.get(new Member(connector.name(), null)));
        Map<String, Object> tasks = new LinkedHashMap<>();
        connector
                .tasks()
                .forEach(task ->
                        tasks.put(
                                Integer.toString(task.id()),
                                details(
                                        task.instance(),
                                        failures.get(new Member(connector.name(), task.id())))));
        details.put("tasks", tasks);
        return details;
    }

    private static Map<String, Object> details(
            ConnectorState.Instance instance, @Nullable Failures failures) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", instance.state());
        details.put("worker", instance.workerId());
        putIfPresent(details, "cause", instance.cause());
        if (failures != null) {
            details.put("restarts", failures.restarts());
            details.put("failingSince", failures.since());
            putIfPresent(details, "firstCause", failures.firstCause());
            putIfPresent(details, "lastCause", failures.lastCause());
            putIfPresent(details, "nextRestart", failures.nextRestart());
            details.put("givenUp", failures.isGivenUp());
        }
        return details;
    }

    private static void putIfPresent(
            Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value);
        }
    }
}
