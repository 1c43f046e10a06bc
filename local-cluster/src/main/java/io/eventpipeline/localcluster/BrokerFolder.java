package io.eventpipeline.localcluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker's folder: its settings, its logging set-up and its formatted storage. Formatting is what
 * {@code kafka-storage.sh format} does, in this JVM, which saves a JVM's start. At metadata version
 * 4.2 every production feature is on, {@code transaction.version=2} among them (KIP-890, part 2).
 */
record BrokerFolder(Path folder) {

    Path settingsFile() {
        return folder.resolve("server.properties");
    }

    Path loggingFile() {
        return folder.resolve("logback.xml");
    }

    private Path storage() {
        return folder.resolve("log");
    }

    /** Writes the settings and, if the storage is new, formats it. */
    void prepare(
            int id, String clusterId, Map<String, String> settings, String controllerListener) {
        Folders.create(folder);
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("log.dirs", storage().toAbsolutePath().toString());
        try (Writer writer = Files.newBufferedWriter(settingsFile())) {
            properties.store(writer, "written at each start");
        } catch (IOException e) {
            throw new LocalClusterException("could not write " + settingsFile(), e);
        }
        writeLogging();
        if (!Files.exists(storage().resolve("meta.properties"))) {
            format(id, clusterId, controllerListener);
        }
    }

    private void format(int id, String clusterId, String controllerListener) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(out)
                    .setNodeId(id)
                    .setClusterId(clusterId)
                    .setDirectories(List.of(storage().toAbsolutePath().toString()))
                    .setMetadataLogDirectory(storage().toAbsolutePath().toString())
                    .setControllerListenerName(controllerListener)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .run();
        } catch (Exception e) {
            throw new LocalClusterException(
                    "could not format the storage of broker %d in %s: %s"
                            .formatted(id, storage(), said.toString(StandardCharsets.UTF_8)),
                    e);
        }
    }

    private void writeLogging() {
        String configuration =
                """
                <configuration>
                  <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{1}: %msg%n</pattern></encoder>
                  </appender>
                  <logger name="kafka" level="${BROKER_LOG_LEVEL:-WARN}"/>
                  <logger name="state.change.logger" level="ERROR"/>
                  <logger name="kafka.server.KafkaRaftServer" level="INFO"/>
                  <root level="${BROKER_LOG_LEVEL:-WARN}"><appender-ref ref="out"/></root>
                </configuration>
                """;
        try {
            Files.writeString(loggingFile(), configuration);
        } catch (IOException e) {
            throw new LocalClusterException("could not write " + loggingFile(), e);
        }
    }
}
