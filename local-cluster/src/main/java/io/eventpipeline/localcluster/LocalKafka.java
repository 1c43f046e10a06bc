package io.eventpipeline.localcluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka cluster in KRaft mode: one or three brokers, each with a controller, each in a JVM
 * of its own. Data, cluster id and ports stay in the data folder, so a later {@link LocalKafka} on
 * the same folder goes on where this one ended. Every listener is bound to the bind address only.
 * Safe for use by several threads, but start and stop it from one.
 */
public final class LocalKafka implements AutoCloseable {

    private static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENT_LISTENER = "PLAINTEXT";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STOP_TIMEOUT_WITHOUT_MAJORITY = Duration.ofSeconds(3);

    private final List<LocalBroker> brokers = new ArrayList<>();
    private final String clusterId;

    private LocalKafka(Builder builder) {
        Path folder = Folders.create(Objects.requireNonNull(builder.dataFolder, "dataFolder"));
        ClusterIdentity identity =
                ClusterIdentity.of(folder, builder.brokers, builder.bindAddress, builder.ports);
        clusterId = identity.clusterId();
        for (int id = 1; id <= builder.brokers; id++) {
            brokers.add(broker(builder, folder, identity, id));
        }
    }

    /** Starts the description of a cluster. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * How many brokers the data in a folder belongs to.
     *
     * @param dataFolder a folder that may hold a cluster's data
     * @return 0 if there is none
     */
    public static int brokersIn(Path dataFolder) {
        Path file = dataFolder.resolve("cluster.properties");
        return Files.exists(file) ? ClusterIdentity.read(file).ports().size() : 0;
    }

    /**
     * Starts all brokers at once and returns when each answers and sees all others registered.
     *
     * @return this
     * @throws LocalClusterException if one does not within the start time-out; none is left running
     */
    public LocalKafka start() {
        try {
            brokers.forEach(LocalBroker::launch);
            brokers.forEach(broker -> broker.awaitRegistered(brokers.size()));
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Stops all brokers in order, at once; kills those that have not ended within 20 s, or 3 s
     * after the majority has gone, for without it no controller is left that could let them go.
     */
    public void stop() {
        List<LocalProcess> running =
                brokers.stream().map(LocalBroker::process).filter(LocalProcess::isAlive).toList();
        running.forEach(LocalProcess::terminate);
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        boolean majority = true;
        while (System.nanoTime() < deadline) {
            long alive = running.stream().filter(LocalProcess::isAlive).count();
            if (alive == 0) {
                return;
            }
            if (majority && alive * 2 < brokers.size()) {
                majority = false;
                deadline =
                        Math.min(
                                deadline,
                                System.nanoTime() + STOP_TIMEOUT_WITHOUT_MAJORITY.toNanos());
            }
            Readiness.pause();
        }
        running.forEach(LocalProcess::kill);
    }

    /** Kills all brokers (SIGKILL); the data stays. */
    @Override
    public void close() {
        brokers.forEach(LocalBroker::kill);
    }

    /** {@code host:port} of every broker, whether it runs or not. */
    public String bootstrapServers() {
        return brokers.stream().map(LocalBroker::bootstrapServer).collect(Collectors.joining(","));
    }

    /**
     * One broker.
     *
     * @param id its node id; the first is 1
     */
    public LocalBroker broker(int id) {
        return brokers.get(id - 1);
    }

    /** All brokers, by node id. */
    public List<LocalBroker> brokers() {
        return Collections.unmodifiableList(brokers);
    }

    /** The id that the data folder's cluster was formatted with. */
    public String clusterId() {
        return clusterId;
    }

    private static LocalBroker broker(
            Builder builder, Path folder, ClusterIdentity identity, int id) {
        int port = identity.ports().get(id - 1);
        String host = reachable(builder.bindAddress);
        BrokerFolder brokerFolder = new BrokerFolder(folder.resolve("broker-" + id));
        Map<String, String> settings =
                new LinkedHashMap<>(BrokerSettings.forCluster(builder.brokers));
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(id));
        settings.put("controller.quorum.voters", voters(identity, host));
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put(
                "listener.security.protocol.map",
                CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put(
                "listeners",
                "%s://%s:%d,%s://%s:%d"
                        .formatted(
                                CLIENT_LISTENER,
                                builder.bindAddress,
                                port,
                                CONTROLLER_LISTENER,
                                builder.bindAddress,
                                identity.controllerPorts().get(id - 1)));
        settings.put("advertised.listeners", "%s://%s:%d".formatted(CLIENT_LISTENER, host, port));
        settings.putAll(builder.brokerProperties);
        brokerFolder.prepare(id, identity.clusterId(), settings, CONTROLLER_LISTENER);
        Path logFolder = builder.logFolder == null ? brokerFolder.folder() : builder.logFolder;
        LocalProcess process =
                LocalProcess.builder("broker-" + id)
                        .command(command(builder, brokerFolder))
                        .environment("CLASSPATH", classPath(builder.jars))
                        .logFile(logFolder.resolve("broker-" + id + ".log"))
                        .build();
        return new LocalBroker(id, host, port, process, builder.startTimeout);
    }

    private static String voters(ClusterIdentity identity, String host) {
        return IntStream.rangeClosed(1, identity.controllerPorts().size())
                .mapToObj(id -> id + "@" + host + ":" + identity.controllerPorts().get(id - 1))
                .collect(Collectors.joining(","));
    }

    private static List<String> command(Builder builder, BrokerFolder folder) {
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(builder.jvmOptions);
        command.add("-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider");
        command.add("-Dslf4j.internal.verbosity=WARN");
        command.add("-Dlogback.configurationFile=" + folder.loggingFile().toAbsolutePath());
        command.add("kafka.Kafka");
        command.add(folder.settingsFile().toAbsolutePath().toString());
        return command;
    }

    /** Only jars: the test classes and their logging set-up are none of the broker's business. */
    private static String classPath(@Nullable Path jars) {
        if (jars != null) {
            return jars.toAbsolutePath().resolve("*").toString();
        }
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String reachable(String bindAddress) {
        return bindAddress.equals("0.0.0.0") || bindAddress.equals("::")
                ? "localhost"
                : bindAddress;
    }

    /** Describes a cluster. */
    public static final class Builder {
        private int brokers = 1;
        private @Nullable Path dataFolder;
        private @Nullable Path logFolder;
        private @Nullable Path jars;
        private List<Integer> ports = List.of();
        private String bindAddress = "127.0.0.1";
        private Duration startTimeout = Duration.ofSeconds(90);
        private final Map<String, String> brokerProperties = new LinkedHashMap<>();
        private List<String> jvmOptions =
                List.of(
                        "-Xms64m",
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow");

        private Builder() {}

        /** How many brokers: 1 (default) or 3. Replication factors follow. */
        public Builder brokers(int count) {
            if (count != 1 && count != 3) {
                throw new IllegalArgumentException("a cluster has 1 or 3 brokers, not " + count);
            }
            brokers = count;
            return this;
        }

        /** Where data, settings and identity live; required. */
        public Builder dataFolder(Path folder) {
            dataFolder = folder;
            return this;
        }

        /** Where the brokers' logs go; beside each broker's data if not given. */
        public Builder logFolder(Path folder) {
            logFolder = folder;
            return this;
        }

        /** The brokers' client ports, one each; those of before or free ones if not given. */
        public Builder ports(List<Integer> clientPorts) {
            ports = List.copyOf(clientPorts);
            return this;
        }

        /** The only address that is listened on; 127.0.0.1 if not given. */
        public Builder bindAddress(String address) {
            bindAddress = address;
            return this;
        }

        /** One broker setting, stronger than what this class sets. */
        public Builder brokerProperty(String key, String value) {
            brokerProperties.put(key, value);
            return this;
        }

        /** The brokers' JVM options, instead of a heap of 384 MiB, serial GC and C1 only. */
        public Builder jvmOptions(List<String> options) {
            jvmOptions = List.copyOf(options);
            return this;
        }

        /** A folder with the broker's jars; the jars of this JVM's class path if not given. */
        public Builder jars(Path folder) {
            jars = folder;
            return this;
        }

        /** How long each wait at the start may take; 90 s if not given. */
        public Builder startTimeout(Duration timeout) {
            startTimeout = timeout;
            return this;
        }

        /** A cluster whose storage is formatted and whose brokers are not started yet. */
        public LocalKafka build() {
            if (!ports.isEmpty() && ports.size() != brokers) {
                throw new IllegalArgumentException(
                        "%d brokers need %d ports, not %s".formatted(brokers, brokers, ports));
            }
            return new LocalKafka(this);
        }
    }
}
