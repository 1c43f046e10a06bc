package io.eventpipeline.standalone.instance;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one service is run.
 *
 * @param name the module's name
 * @param jar its executable jar
 * @param ports the ports it opens, the one to show first
 * @param healthPort where its actuator answers
 * @param heapMegabytes its largest heap
 * @param needsDatabase whether it starts only once PostgreSQL answers
 * @param environment what it is told
 */
public record ServiceDefinition(
        String name,
        Path jar,
        List<Integer> ports,
        int healthPort,
        int heapMegabytes,
        boolean needsDatabase,
        Map<String, String> environment) {

    /**
     * The four services.
     *
     * @param home the project's folder
     * @param data where they keep their data
     * @param ports where they and their neighbours listen
     * @param brokers how many brokers there are
     */
    public static List<ServiceDefinition> all(
            Path home, DataFolder data, Ports ports, int brokers) {
        Map<String, String> common = new LinkedHashMap<>();
        common.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(ports, brokers));
        common.put("PIPELINE_REPLICATION_FACTOR", Integer.toString(brokers));
        common.put("PIPELINE_BIND_ADDRESS", "127.0.0.1");
        return List.of(
                service(home, "producer-service", ports.producer(), 160, false, common, Map.of()),
                service(
                        home,
                        "streams-service",
                        ports.streams(),
                        192,
                        false,
                        common,
                        Map.of("PIPELINE_STREAMS_STATE_DIR", data.streams().toString())),
                service(
                        home,
                        "consumer-service",
                        ports.consumer(),
                        160,
                        true,
                        common,
                        Map.of(
                                "SPRING_DATASOURCE_URL",
                                "jdbc:postgresql://localhost:%d/pipeline"
                                        .formatted(ports.postgresql()),
                                "SPRING_DATASOURCE_USERNAME",
                                "pipeline",
                                "SPRING_DATASOURCE_PASSWORD",
                                "pipeline",
                                "PIPELINE_CONSUMER_ARCHIVE_FOLDER",
                                data.archive().toString(),
                                // Whoever tries it out wants to see a file soon.
                                "PIPELINE_CONSUMER_ARCHIVE_MAX_AGE",
                                "1m")),
                connect(home, data, ports, common));
    }

    private static ServiceDefinition connect(
            Path home, DataFolder data, Ports ports, Map<String, String> common) {
        Map<String, String> environment = new LinkedHashMap<>(common);
        environment.put("SERVER_PORT", Integer.toString(ports.connectActuator()));
        environment.put("PIPELINE_CONNECT_REST_PORT", Integer.toString(ports.connect()));
        environment.put("PIPELINE_CONNECT_FILES", data.files().toString());
        environment.put(
                "PIPELINE_CONNECT_PLUGIN_PATH",
                home.resolve("connect-plugins").resolve("target").resolve("plugins").toString());
        return new ServiceDefinition(
                "connect-service",
                jar(home, "connect-service"),
                List.of(ports.connect(), ports.connectActuator()),
                ports.connectActuator(),
                192,
                false,
                environment);
    }

    private static ServiceDefinition service(
            Path home,
            String name,
            int port,
            int heapMegabytes,
            boolean needsDatabase,
            Map<String, String> common,
            Map<String, String> own) {
        Map<String, String> environment = new LinkedHashMap<>(common);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.putAll(own);
        return new ServiceDefinition(
                name,
                jar(home, name),
                List.of(port),
                port,
                heapMegabytes,
                needsDatabase,
                environment);
    }

    private static Path jar(Path home, String module) {
        return home.resolve(module).resolve("target").resolve(module + ".jar");
    }

    private static String bootstrapServers(Ports ports, int brokers) {
        return String.join(
                ",", ports.brokers(brokers).stream().map(port -> "localhost:" + port).toList());
    }

    /** What answers 200 when it is ready. */
    URI readiness() {
        return URI.create("http://127.0.0.1:" + healthPort + "/actuator/health/readiness");
    }

    /** What answers its state and that of its parts. */
    URI health() {
        return URI.create("http://127.0.0.1:" + healthPort + "/actuator/health");
    }

    /**
     * What it is told in a training run. The brokers are out of its reach: a second producer of the
     * same transactional id would end the transactions of the first.
     */
    Map<String, String> trainingEnvironment() {
        Map<String, String> training = new LinkedHashMap<>(environment);
        training.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        return training;
    }

    /**
     * The JVM's options: small heap, serial GC and C1 only, because memory counts more than speed.
     */
    List<String> jvmOptions() {
        return List.of(
                "-Xms32m",
                "-Xmx" + heapMegabytes + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }
}
