package io.eventpipeline.benchmarks.connecting;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.benchmarks.processes.ServiceProcess;
import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.bootjar.UnpackedJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the two kinds of worker on the same plugins with the same JVM options: connect-service
 * from its unpacked jar, and {@code ConnectDistributed} from the libraries in that jar, with the
 * settings that connect-service gives its own worker.
 */
public final class ConnectWorkers {

    private static final String[] STORES = {"config", "offset", "status"};

    private final List<String> service;
    private final Path plugins;
    private final List<String> jvmOptions;
    private final List<String> settings;
    private final String bootstrapServers;
    private final Path folder;
    private final Path libraries;

    /**
     * Finds the libraries, unpacked as services are started.
     *
     * @param settings of connect-service that differ from what is shipped, as {@code name=value}
     */
    public ConnectWorkers(
            Path jar,
            Path plugins,
            List<String> jvmOptions,
            List<String> settings,
            String bootstrapServers,
            Path folder) {
        this.plugins = plugins;
        this.jvmOptions = jvmOptions;
        this.settings = settings;
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
        this.service = UnpackedJar.of(jar).withoutCache().arguments();
        this.libraries = Path.of(service.getLast()).resolveSibling("lib");
        if (!Files.isDirectory(libraries)) {
            throw new BenchmarkException(jar + " could not be unpacked");
        }
    }

    /** Starts connect-service as it is shipped, without the connectors that come with it. */
    public ConnectWorkerProcess service(Path files) {
        int port = ServiceProcess.freePort();
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(jvmOptions);
        command.addAll(service);
        command.addAll(
                List.of(
                        "--server.port=" + ServiceProcess.freePort(),
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                        "--pipeline.connect.rest-port=" + port,
                        "--pipeline.connect.plugin-path=" + plugins,
                        "--pipeline.connect.files=" + files,
                        "--pipeline.connect.declared.built-in="));
        settings.forEach(setting -> command.add("--" + setting));
        return ConnectWorkerProcess.start("connect-service", command, port, folder);
    }

    /** Starts Kafka's own. */
    public ConnectWorkerProcess kafkas() {
        int port = ServiceProcess.freePort();
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-cp",
                        libraries + "/*",
                        "org.apache.kafka.connect.cli.ConnectDistributed",
                        settingsFile(port).toString()));
        return ConnectWorkerProcess.start("connect-distributed", command, port, folder);
    }

    private Path settingsFile(int port) {
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "bootstrap.servers=" + bootstrapServers,
                                "group.id=connect-distributed",
                                "listeners=http://127.0.0.1:" + port,
                                "plugin.path=" + plugins,
                                "plugin.discovery=service_load",
                                "key.converter=org.apache.kafka.connect.storage.StringConverter",
                                "value.converter=org.apache.kafka.connect.json.JsonConverter",
                                "value.converter.schemas.enable=false",
                                "exactly.once.source.support=enabled",
                                "consumer.isolation.level=read_committed",
                                "producer.acks=all",
                                "producer.enable.idempotence=true",
                                "producer.compression.type=lz4"));
        for (String store : STORES) {
            lines.add("%1$s.storage.topic=connect-distributed-%1$s".formatted(store));
            lines.add(store + ".storage.replication.factor=1");
        }
        try {
            return Files.write(folder.resolve("connect-distributed.properties"), lines);
        } catch (IOException e) {
            throw new BenchmarkException("no settings for Kafka's own worker", e);
        }
    }
}
