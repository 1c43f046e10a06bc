package io.eventpipeline.connect.overview;

import io.eventpipeline.connect.worker.WorkerGroupName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Asks the brokers who is in the group of workers. Safe for use by several threads. */
@Component
class WorkerGroup {

    private static final Logger log = LoggerFactory.getLogger(WorkerGroup.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What the worker's client id has before the worker's name. */
    private static final String CLIENT = "connect-";

    private final KafkaAdmin admin;
    private final WorkerGroupName name;

    WorkerGroup(KafkaAdmin admin, WorkerGroupName name) {
        this.admin = admin;
        this.name = name;
    }

    String name() {
        return name.value();
    }

    /** The names of the workers, sorted; empty where the brokers do not say. */
    Optional<List<String>> members() {
        try (Admin client = Admin.create(admin.getConfigurationProperties())) {
            return client
                    .describeClassicGroups(List.of(name.value()))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .findFirst()
                    .map(group ->
                            group.members().stream()
                                    .map(MemberDescription::clientId)
                                    .map(WorkerGroup::workerOf)
                                    .sorted()
                                    .toList());
        } catch (ExecutionException | TimeoutException e) {
            log.debug("The group {} could not be described", name.value(), e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String workerOf(String clientId) {
        return clientId.startsWith(CLIENT) ? clientId.substring(CLIENT.length()) : clientId;
    }
}
