package io.eventpipeline.connect.safety;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.runtime.ConnectorConfig;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.RestartRequest;
import org.apache.kafka.connect.runtime.TargetState;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfos;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.entities.TaskInfo;
import org.apache.kafka.connect.runtime.rest.errors.BadRequestException;
import org.apache.kafka.connect.runtime.rest.errors.ConnectRestException;
import org.apache.kafka.connect.util.Callback;
import org.apache.kafka.connect.util.ConnectorTaskId;
import org.jspecify.annotations.Nullable;

/**
 * The herder as the REST API sees it: its answers show no secrets, and a client may give back what
 * it was shown. The worker's own calls go to the herder behind it and see all. Safe for use by
 * several threads.
 */
public final class MaskingHerder extends ForwardingHerder {

    private final Herder herder;
    private final Secrets secrets;
    private final UnaryOperator<Map<String, String>> placeholders;
    private volatile Consumer<String> restartAsked = connector -> {};
    private final PasswordSettings passwords;

    /**
     * Puts a mask before a herder.
     *
     * @param placeholders resolves those of a map's values
     */
    public MaskingHerder(
            Herder herder, Secrets secrets, UnaryOperator<Map<String, String>> placeholders) {
        super(herder);
        this.herder = herder;
        this.secrets = secrets;
        this.placeholders = placeholders;
        this.passwords = new PasswordSettings(herder);
    }

    /** Tells, by connector, when a client asks for the restart of a connector or a task. */
    public void onRestartAsked(Consumer<String> listener) {
        restartAsked = listener;
    }

    @Override
    public void restartConnector(String connName, Callback<Void> cb) {
        restartAsked.accept(connName);
        super.restartConnector(connName, cb);
    }

    @Override
    public void restartTask(ConnectorTaskId id, Callback<Void> cb) {
        restartAsked.accept(id.connector());
        super.restartTask(id, cb);
    }

    @Override
    public void connectorInfo(String connName, Callback<ConnectorInfo> callback) {
        herder.connectorInfo(connName, then(callback, this::masked));
    }

    @Override
    public @Nullable ConnectorInfo connectorInfo(String connName) {
        ConnectorInfo info = herder.connectorInfo(connName);
        return info == null ? null : masked(info);
    }

    @Override
    public void connectorConfig(String connName, Callback<Map<String, String>> callback) {
        herder.connectorConfig(connName, then(callback, this::masked));
    }

    @Override
    public void putConnectorConfig(
            String connName,
            Map<String, String> config,
            boolean allowReplace,
            Callback<Created<ConnectorInfo>> callback) {
        putConnectorConfig(connName, config, null, allowReplace, callback);
    }

    @Override
    public void putConnectorConfig(
            String connName,
            Map<String, String> config,
            @Nullable TargetState targetState,
            boolean allowReplace,
            Callback<Created<ConnectorInfo>> callback) {
        Map<String, String> meant = meant(connName, config);
        herder.putConnectorConfig(
                connName, meant, targetState, allowReplace, created(callback, meant));
    }

    @Override
    public void patchConnectorConfig(
            String connName,
            Map<String, String> configPatch,
            Callback<Created<ConnectorInfo>> callback) {
        Map<String, String> meant = meant(connName, configPatch);
        herder.patchConnectorConfig(connName, meant, created(callback, meant));
    }

    @Override
    public void taskConfigs(String connName, Callback<List<TaskInfo>> callback) {
        herder.taskConfigs(
                connName,
                then(
                        callback,
                        tasks -> {
                            Map<String, String> config = stored(connName);
                            Set<String> secretTypes = passwords.of(config);
                            List<String> values = values(config);
                            return tasks.stream()
                                    .map(task ->
                                            new TaskInfo(
                                                    task.id(),
                                                    masked(task.config(), secretTypes, values)))
                                    .toList();
                        }));
    }

    @Override
    public ConnectorStateInfo connectorStatus(String connName) {
        return scrubbed(herder.connectorStatus(connName));
    }

    @Override
    public ConnectorStateInfo.TaskState taskStatus(ConnectorTaskId id) {
        return scrubbed(id.connector(), herder.taskStatus(id));
    }

    @Override
    public void restartConnectorAndTasks(
            RestartRequest request, Callback<ConnectorStateInfo> callback) {
        herder.restartConnectorAndTasks(request, then(callback, this::scrubbed));
    }

    @Override
    public void validateConnectorConfig(
            Map<String, String> connectorConfig, Callback<ConfigInfos> callback) {
        validateConnectorConfig(connectorConfig, callback, true);
    }

    @Override
    public void validateConnectorConfig(
            Map<String, String> connectorConfig, Callback<ConfigInfos> callback, boolean doLog) {
        String name = connectorConfig.getOrDefault(ConnectorConfig.NAME_CONFIG, "");
        Map<String, String> meant = meant(name, connectorConfig);
        ValidationMask mask =
                new ValidationMask(secrets, meant, passwords.of(meant), values(meant));
        herder.validateConnectorConfig(
                meant,
                answer(
                        callback,
                        (error, infos) -> error == null ? null : scrubbed(error, values(meant)),
                        mask::apply),
                doLog);
    }

    private Callback<Created<ConnectorInfo>> created(
            Callback<Created<ConnectorInfo>> callback, Map<String, String> config) {
        return answer(
                callback,
                (error, created) -> error == null ? null : scrubbed(error, values(config)),
                created -> new Created<>(created.created(), masked(created.result())));
    }

    private static <T> Callback<T> then(Callback<T> callback, UnaryOperator<T> mask) {
        return answer(callback, (error, result) -> error, mask);
    }

    private static <T> Callback<T> answer(
            Callback<T> callback,
            BiFunction<@Nullable Throwable, @Nullable T, @Nullable Throwable> errors,
            UnaryOperator<T> mask) {
        return callback.chainStaging((error, result) -> {
            try {
                callback.onCompletion(
                        errors.apply(error, result), result == null ? null : mask.apply(result));
            } catch (RuntimeException e) {
                // Better no answer than one with a secret.
                callback.onCompletion(e, null);
            }
        });
    }

    private Map<String, String> meant(String connector, Map<String, String> given) {
        Map<String, String> stored = stored(connector);
        try {
            return secrets.unmask(given, stored, passwords.of(stored));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage());
        }
    }

    private Map<String, String> stored(String connector) {
        ConnectorInfo info = herder.connectorInfo(connector);
        return info == null ? Map.of() : info.config();
    }

    private ConnectorInfo masked(ConnectorInfo info) {
        return new ConnectorInfo(info.name(), masked(info.config()), info.tasks(), info.type());
    }

    /** Settings of a connector as an answer may show them. */
    public Map<String, String> masked(Map<String, String> config) {
        return secrets.mask(config, passwords.of(config));
    }

    /** A task's settings may hold what the connector made of placeholders. */
    private Map<String, String> masked(
            Map<String, String> config, Set<String> secretTypes, List<String> values) {
        Map<String, String> masked = secrets.mask(config, secretTypes);
        masked.replaceAll((name, value) -> Secrets.scrub(value, values));
        return masked;
    }

    private ConnectorStateInfo scrubbed(ConnectorStateInfo info) {
        ConnectorStateInfo.ConnectorState connector = info.connector();
        return new ConnectorStateInfo(
                info.name(),
                new ConnectorStateInfo.ConnectorState(
                        connector.state(),
                        connector.workerId(),
                        scrubbed(info.name(), connector.trace()),
                        connector.version()),
                info.tasks().stream().map(task -> scrubbed(info.name(), task)).toList(),
                info.type());
    }

    private ConnectorStateInfo.TaskState scrubbed(
            String connector, ConnectorStateInfo.TaskState task) {
        return new ConnectorStateInfo.TaskState(
                task.id(),
                task.state(),
                task.workerId(),
                scrubbed(connector, task.trace()),
                task.version());
    }

    private @Nullable String scrubbed(String connector, @Nullable String trace) {
        return trace == null ? null : Secrets.scrub(trace, values(stored(connector)));
    }

    private static Throwable scrubbed(Throwable error, List<String> values) {
        String message = error.getMessage();
        String scrubbed = Secrets.scrub(message, values);
        if (scrubbed == null || scrubbed.equals(message)) {
            return error;
        }
        return error instanceof ConnectRestException answer
                ? new ConnectRestException(answer.statusCode(), answer.errorCode(), scrubbed)
                : new ConnectException(scrubbed);
    }

    private List<String> values(Map<String, String> config) {
        return secrets.valuesOf(
                config,
                passwords.of(config),
                given -> {
                    try {
                        return placeholders.apply(given);
                    } catch (ConfigException e) {
                        // What cannot be read cannot be told either.
                        return given;
                    }
                });
    }
}
