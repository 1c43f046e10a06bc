package io.eventpipeline.connect.safety;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.runtime.ConnectMetrics;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.HerderRequest;
import org.apache.kafka.connect.runtime.RestartRequest;
import org.apache.kafka.connect.runtime.TargetState;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.InternalRequestSignature;
import org.apache.kafka.connect.runtime.rest.entities.ActiveTopicsInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfos;
import org.apache.kafka.connect.runtime.rest.entities.ConfigKeyInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorOffsets;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.entities.LoggerLevel;
import org.apache.kafka.connect.runtime.rest.entities.Message;
import org.apache.kafka.connect.runtime.rest.entities.TaskInfo;
import org.apache.kafka.connect.storage.StatusBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.apache.kafka.connect.util.ConnectorTaskId;
import org.apache.maven.artifact.versioning.VersionRange;
import org.jspecify.annotations.Nullable;

/** Hands every call to another herder; {@link MaskingHerder} changes some of the answers. */
class ForwardingHerder implements Herder {

    private final Herder herder;

    ForwardingHerder(Herder herder) {
        this.herder = herder;
    }

    @Override
    public void start() {
        herder.start();
    }

    @Override
    public void stop() {
        herder.stop();
    }

    @Override
    public boolean isReady() {
        return herder.isReady();
    }

    @Override
    public void healthCheck(Callback<Void> callback) {
        herder.healthCheck(callback);
    }

    @Override
    public void connectors(Callback<Collection<String>> callback) {
        herder.connectors(callback);
    }

    @Override
    public void connectorInfo(String connName, Callback<ConnectorInfo> callback) {
        herder.connectorInfo(connName, callback);
    }

    @Override
    public void connectorConfig(String connName, Callback<Map<String, String>> callback) {
        herder.connectorConfig(connName, callback);
    }

    @Override
    public void putConnectorConfig(
            String connName,
            Map<String, String> config,
            boolean allowReplace,
            Callback<Created<ConnectorInfo>> callback) {
        herder.putConnectorConfig(connName, config, allowReplace, callback);
    }

    @Override
    public void putConnectorConfig(
            String connName,
            Map<String, String> config,
            TargetState targetState,
            boolean allowReplace,
            Callback<Created<ConnectorInfo>> callback) {
        herder.putConnectorConfig(connName, config, targetState, allowReplace, callback);
    }

    @Override
    public void patchConnectorConfig(
            String connName,
            Map<String, String> configPatch,
            Callback<Created<ConnectorInfo>> callback) {
        herder.patchConnectorConfig(connName, configPatch, callback);
    }

    @Override
    public void deleteConnectorConfig(String connName, Callback<Created<ConnectorInfo>> callback) {
        herder.deleteConnectorConfig(connName, callback);
    }

    @Override
    public void requestTaskReconfiguration(String connName) {
        herder.requestTaskReconfiguration(connName);
    }

    @Override
    public void taskConfigs(String connName, Callback<List<TaskInfo>> callback) {
        herder.taskConfigs(connName, callback);
    }

    @Override
    public void putTaskConfigs(
            String connName,
            List<Map<String, String>> configs,
            Callback<Void> callback,
            InternalRequestSignature requestSignature) {
        herder.putTaskConfigs(connName, configs, callback, requestSignature);
    }

    @Override
    public void fenceZombieSourceTasks(
            String connName, Callback<Void> callback, InternalRequestSignature requestSignature) {
        herder.fenceZombieSourceTasks(connName, callback, requestSignature);
    }

    @Override
    public Collection<String> connectors() {
        return herder.connectors();
    }

    @Override
    public @Nullable ConnectorInfo connectorInfo(String connName) {
        return herder.connectorInfo(connName);
    }

    @Override
    public ConnectorStateInfo connectorStatus(String connName) {
        return herder.connectorStatus(connName);
    }

    @Override
    public ActiveTopicsInfo connectorActiveTopics(String connName) {
        return herder.connectorActiveTopics(connName);
    }

    @Override
    public void resetConnectorActiveTopics(String connName) {
        herder.resetConnectorActiveTopics(connName);
    }

    @Override
    public StatusBackingStore statusBackingStore() {
        return herder.statusBackingStore();
    }

    @Override
    public ConnectorStateInfo.TaskState taskStatus(ConnectorTaskId id) {
        return herder.taskStatus(id);
    }

    @Override
    public void validateConnectorConfig(
            Map<String, String> connectorConfig, Callback<ConfigInfos> callback) {
        herder.validateConnectorConfig(connectorConfig, callback);
    }

    @Override
    public void validateConnectorConfig(
            Map<String, String> connectorConfig, Callback<ConfigInfos> callback, boolean doLog) {
        herder.validateConnectorConfig(connectorConfig, callback, doLog);
    }

    @Override
    public void restartTask(ConnectorTaskId id, Callback<Void> cb) {
        herder.restartTask(id, cb);
    }

    @Override
    public void restartConnector(String connName, Callback<Void> cb) {
        herder.restartConnector(connName, cb);
    }

    @Override
    public HerderRequest restartConnector(long delayMs, String connName, Callback<Void> cb) {
        return herder.restartConnector(delayMs, connName, cb);
    }

    @Override
    public void restartConnectorAndTasks(RestartRequest request, Callback<ConnectorStateInfo> cb) {
        herder.restartConnectorAndTasks(request, cb);
    }

    @Override
    public void stopConnector(String connector, Callback<Void> cb) {
        herder.stopConnector(connector, cb);
    }

    @Override
    public void pauseConnector(String connector) {
        herder.pauseConnector(connector);
    }

    @Override
    public void resumeConnector(String connector) {
        herder.resumeConnector(connector);
    }

    @Override
    public Plugins plugins() {
        return herder.plugins();
    }

    @Override
    public String kafkaClusterId() {
        return herder.kafkaClusterId();
    }

    @Override
    public List<ConfigKeyInfo> connectorPluginConfig(String pluginName) {
        return herder.connectorPluginConfig(pluginName);
    }

    @Override
    public List<ConfigKeyInfo> connectorPluginConfig(String pluginName, VersionRange version) {
        return herder.connectorPluginConfig(pluginName, version);
    }

    @Override
    public void connectorOffsets(String connName, Callback<ConnectorOffsets> cb) {
        herder.connectorOffsets(connName, cb);
    }

    @Override
    public void alterConnectorOffsets(
            String connName, Map<Map<String, ?>, Map<String, ?>> offsets, Callback<Message> cb) {
        herder.alterConnectorOffsets(connName, offsets, cb);
    }

    @Override
    public void resetConnectorOffsets(String connName, Callback<Message> cb) {
        herder.resetConnectorOffsets(connName, cb);
    }

    @Override
    public LoggerLevel loggerLevel(String logger) {
        return herder.loggerLevel(logger);
    }

    @Override
    public Map<String, LoggerLevel> allLoggerLevels() {
        return herder.allLoggerLevels();
    }

    @Override
    public List<String> setWorkerLoggerLevel(String namespace, String level) {
        return herder.setWorkerLoggerLevel(namespace, level);
    }

    @Override
    public void setClusterLoggerLevel(String namespace, String level) {
        herder.setClusterLoggerLevel(namespace, level);
    }

    @Override
    public ConnectMetrics connectMetrics() {
        return herder.connectMetrics();
    }
}
