package io.eventpipeline.connect.overview;

import io.eventpipeline.connect.connectors.ConnectorDetails;
import io.eventpipeline.connect.connectors.FailureRestarter;
import io.eventpipeline.connect.declared.DeclaredConnectors;
import io.eventpipeline.connect.declared.DeclaredState;
import io.eventpipeline.connect.worker.ConnectorState;
import io.eventpipeline.connect.worker.RunningWorker;
import io.eventpipeline.connect.worker.WorkerAccess;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.stereotype.Component;

/**
 * {@code GET /actuator/connect}: the worker, its group, every connector and task, what was declared
 * and what failed. {@code GET /actuator/connect/declared}: what applying the declarations would
 * change now, which changes nothing.
 */
@Component
@Endpoint(id = "connect")
class ConnectEndpoint {

    private static final String DECLARED = "declared";

    private final WorkerAccess worker;
    private final WorkerGroup group;
    private final FailureRestarter restarter;
    private final DeclaredConnectors declared;

    ConnectEndpoint(
            WorkerAccess worker,
            WorkerGroup group,
            FailureRestarter restarter,
            DeclaredConnectors declared) {
        this.worker = worker;
        this.group = group;
        this.restarter = restarter;
        this.declared = declared;
    }

    /**
     * What {@code GET /actuator/connect} answers.
     *
     * @param worker this process's own
     * @param group all workers
     * @param plugins how many were found; absent while the worker is not running
     * @param connectors by their order in the group
     * @param declarations how the declared connectors stand, and what is wrong with files
     */
    record Overview(
            Map<String, Object> worker,
            Map<String, Object> group,
            RunningWorker.@Nullable PluginCount plugins,
            List<Map<String, Object>> connectors,
            Declarations declarations) {}

    /**
     * The declared connectors.
     *
     * @param connectors how they stand
     * @param problems what is wrong, by file
     */
    record Declarations(List<DeclaredState> connectors, Map<String, String> problems) {}

    @ReadOperation
    Overview overview() {
        RunningWorker running = worker.running().orElse(null);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("state", worker.status().state());
        own.put("reason", worker.status().reason());
        Map<String, Object> others = new LinkedHashMap<>();
        others.put("name", group.name());
        if (running != null) {
            own.put("id", running.id());
            own.put("isLeader", running.isLeader());
            running.leader().map(URI::toString).ifPresent(url -> others.put("leader", url));
            group.members().ifPresent(members -> others.put("members", members));
        }
        return new Overview(
                own,
                others,
                running == null ? null : running.plugins(),
                connectors(),
                new Declarations(declared.states(), declared.problems()));
    }

    private List<Map<String, Object>> connectors() {
        Map<String, DeclaredState> states = new LinkedHashMap<>();
        declared.states().forEach(state -> states.put(state.connector(), state));
        List<Map<String, Object>> all = new ArrayList<>();
        for (ConnectorState connector : worker.connectors()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", connector.name());
            one.put("type", connector.type());
            one.putAll(ConnectorDetails.of(connector, restarter.failures()));
            DeclaredState state = states.get(connector.name());
            one.put(DECLARED, state == null ? "NOT_DECLARED" : state.status());
            all.add(one);
        }
        return all;
    }

    /** What applying the declarations would change; null for any other part, which answers 404. */
    @ReadOperation
    @Nullable Declarations part(@Selector String part) {
        return part.equals(DECLARED)
                ? new Declarations(declared.preview(), declared.problems())
                : null;
    }
}
