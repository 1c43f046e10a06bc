package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalKafka;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be known to be wrong before anything starts; each finding says what to do. */
final class Preflight {

    private static final String LOOPBACK = "127.0.0.1";

    private Preflight() {}

    static void check(DataFolder data, Ports ports, int brokers, List<ServiceDefinition> services) {
        int before = LocalKafka.brokersIn(data.kafka());
        if (before != 0 && before != brokers) {
            throw new PipelineException(
                    "The data in %s is that of %d broker%s: start with --brokers %d, or delete it with ./pipeline reset."
                            .formatted(data.kafka(), before, before == 1 ? "" : "s", before));
        }
        for (ServiceDefinition service : services) {
            if (!Files.isRegularFile(service.jar())) {
                throw new PipelineException(
                        "%s is not built: run ./mvnw -DskipTests package."
                                .formatted(service.name()));
            }
        }
        users(ports, brokers, services).forEach(Preflight::checkPort);
    }

    private static Map<Integer, String> users(
            Ports ports, int brokers, List<ServiceDefinition> services) {
        Map<Integer, String> users = new LinkedHashMap<>();
        ports.brokers(brokers).forEach(port -> users.put(port, "Kafka"));
        users.put(ports.postgresql(), "PostgreSQL");
        services.forEach(
                service -> service.ports().forEach(port -> users.put(port, service.name())));
        return users;
    }

    private static void checkPort(int port, String user) {
        if (!FreePorts.isFree(LOOPBACK, port)) {
            throw new PipelineException(
                    "Port %d, which %s needs, is in use%s: stop that program and try again."
                            .formatted(
                                    port,
                                    user,
                                    PortOwner.find(port)
                                            .map(owner -> " (by " + owner + ")")
                                            .orElse("")));
        }
    }
}
