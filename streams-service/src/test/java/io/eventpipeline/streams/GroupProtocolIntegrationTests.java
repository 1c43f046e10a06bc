package io.eventpipeline.streams;

import static io.eventpipeline.model.topic.PipelineTopic.ADDRESS_CHANGED;
import static io.eventpipeline.model.topic.PipelineTopic.ORDER_PLACED;
import static io.eventpipeline.model.topic.PipelineTopic.PRODUCT_LISTED;
import static io.eventpipeline.model.topic.PipelineTopic.SHIPMENT_REQUESTED;
import static io.eventpipeline.streams.RunningService.await;
import static io.eventpipeline.streams.Shop.address;
import static io.eventpipeline.streams.Shop.order;
import static io.eventpipeline.streams.Shop.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.SharedCluster;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * KIP-1071: the brokers divide the tasks. Two instances, one of them a process of its own that is
 * killed; the session is as short as the brokers allow, by a setting of the group.
 */
class GroupProtocolIntegrationTests {

    private static final String PROTOCOL = "--pipeline.streams.group-protocol=streams";

    private final String environment = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final String bootstrapServers = SharedCluster.kafka().bootstrapServers();

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // JUnit makes the folder first.
    GroupProtocolIntegrationTests() {}

    @Test
    @DisplayName("E7 several instances divide the tasks by the brokers' protocol, one is killed")
    void anInstanceTakesOverWhatAKilledOneHad() throws Exception {
        String group = "streams-" + environment;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            shortenSession(admin, group);
            try (LocalProcess other = inProcess(RunningService.freePort());
                    RunningService service =
                            RunningService.start(
                                    bootstrapServers,
                                    environment,
                                    folder.resolve("one"),
                                    RunningService.freePort(),
                                    PROTOCOL);
                    RunningService.Topics topics =
                            new RunningService.Topics(bootstrapServers, environment)) {
                // There is no such group before the first has joined it.
                await("both instances have tasks")
                        .ignoreExceptions()
                        .until(() -> members(admin, group) == 2 && service.readyNow());
                assertThat(type(admin, group)).isEqualTo(GroupType.STREAMS);
                topics.send(PRODUCT_LISTED, product("kettle"), "p-1");
                List<String> customers = IntStream.range(0, 12).mapToObj(i -> "c-" + i).toList();
                customers.forEach(each -> ship(topics, each, "before"));
                customers.forEach(each -> awaitShipments(topics, each, 1));

                other.kill();
                customers.forEach(each -> ship(topics, each, "after"));
                customers.forEach(each -> awaitShipments(topics, each, 2));
                service.ready();
                assertThat(service.get("/customers/c-0/address").statusCode()).isEqualTo(200);
                assertThat(service.get("/actuator/streams").body()).contains("\"lag\":0");
            }
        }
    }

    private static void ship(RunningService.Topics topics, String customer, String suffix) {
        String id = customer + "-" + suffix;
        topics.send(ADDRESS_CHANGED, address(customer, "Torstraße 1"), "a-" + id);
        topics.send(ORDER_PLACED, order(id, customer, "kettle"), "o-" + id);
    }

    private static void awaitShipments(RunningService.Topics topics, String customer, int count) {
        await(count + " shipments of " + customer)
                .until(() -> topics.committed(SHIPMENT_REQUESTED, customer).size() == count);
    }

    /** Members that have an active task. */
    private static int members(Admin admin, String group) throws Exception {
        return (int)
                admin
                        .describeStreamsGroups(List.of(group))
                        .all()
                        .get(RunningService.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .values()
                        .stream()
                        .flatMap(found -> found.members().stream())
                        .filter(member -> !member.assignment().activeTasks().isEmpty())
                        .count();
    }

    private static GroupType type(Admin admin, String group) throws Exception {
        Collection<GroupListing> groups =
                admin.listGroups().all().get(RunningService.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return groups.stream()
                .filter(each -> each.groupId().equals(group))
                .findFirst()
                .orElseThrow()
                .type()
                .orElseThrow();
    }

    private static void shortenSession(Admin admin, String group) throws Exception {
        admin.incrementalAlterConfigs(
                        Map.of(
                                new ConfigResource(ConfigResource.Type.GROUP, group),
                                List.of(
                                        new AlterConfigOp(
                                                new ConfigEntry(
                                                        "streams.session.timeout.ms", "6000"),
                                                AlterConfigOp.OpType.SET))))
                .all()
                .get(RunningService.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private LocalProcess inProcess(int port) {
        return LocalProcess.builder("streams-" + port)
                .command(
                        LocalProcess.javaExecutable(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamsServiceApplication.class.getName(),
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                        "--pipeline.environment=" + environment,
                        "--pipeline.streams.state-dir=" + folder.resolve("other"),
                        "--server.port=" + port,
                        PROTOCOL)
                .logFile(folder.resolve("other.log"))
                .start();
    }
}
