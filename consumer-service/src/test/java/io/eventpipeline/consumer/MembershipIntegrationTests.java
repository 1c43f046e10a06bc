package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.eventpipeline.consumer.archive.ArchivedTopics;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * C7: the archive and the webhook are members of their groups as it is configured, as the groups
 * that write tables are, and do their work with either protocol. On one broker and without
 * PostgreSQL.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembershipIntegrationTests {

    private static final Duration DONE = Duration.ofMinutes(2);
    private static final String ENVIRONMENT = "membership";
    private static final Set<String> GROUPS = Set.of("archive", "webhook", "webhook-retry-0");

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String orders = new TopicCatalogue(ENVIRONMENT).name(PipelineTopic.ORDER_PLACED);
    private final AtomicInteger calls = new AtomicInteger();
    private Path folder = Path.of("");
    private HttpServer target;
    private Admin admin;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.getRequestBody().readAllBytes();
                        calls.incrementAndGet();
                        exchange.sendResponseHeaders(204, -1);
                    }
                });
        target.start();
    }

    @AfterAll
    void stop() {
        target.stop(0);
        admin.close();
    }

    @Test
    @DisplayName("C7 archive and webhook are static members with an assignor of their own")
    void classicMembersHaveTheirAssignorAndAnIdentityThatStays() throws Exception {
        int before = calls.get();
        try (RunningService _ =
                service(
                        "assignor=range",
                        "static-member=true",
                        "session-timeout=60s",
                        "heartbeat-interval=2s")) {
            awaitWork("classic", before);

            for (Map.Entry<String, ConsumerGroupDescription> group : describe().entrySet()) {
                assertThat(group.getValue().type()).isEqualTo(GroupType.CLASSIC);
                assertThat(group.getValue().partitionAssignor()).isEqualTo("range");
                assertThat(group.getValue().members())
                        .singleElement()
                        .satisfies(member ->
                                assertThat(member.groupInstanceId())
                                        .hasValueSatisfying(id ->
                                                assertThat(id)
                                                        .startsWith("member-" + group.getKey())));
            }
        } finally {
            GROUPS.forEach(group -> LeftMembers.remove(bootstrap, group));
        }
    }

    @Test
    @DisplayName("C7 archive and webhook work as members of the new protocol")
    void theNewProtocolWorks() throws Exception {
        int before = calls.get();
        try (RunningService _ = service("protocol=consumer", "assignor=uniform")) {
            awaitWork("consumer", before);

            assertThat(describe().values())
                    .allSatisfy(group -> assertThat(group.type()).isEqualTo(GroupType.CONSUMER));
        }
    }

    private void awaitWork(String id, int before) {
        try (Sender sender = new Sender(bootstrap, null)) {
            for (int i = 0; i < 12; i++) {
                sender.send(orders, i % 6, id + "-" + i, order(id + "-" + i, ALICE));
            }
        }
        await().atMost(DONE).until(() -> calls.get() == before + 12);
        ArchivedTopics archived = new ArchivedTopics(bootstrap, folder, orders);
        await().atMost(DONE).untilAsserted(archived::assertArchivedOnce);
    }

    private Map<String, ConsumerGroupDescription> describe() throws Exception {
        return admin.describeConsumerGroups(List.copyOf(GROUPS)).all().get(60, TimeUnit.SECONDS);
    }

    private RunningService service(String... membership) {
        String[] settings = new String[2 * membership.length + 6];
        settings[0] = "--pipeline.consumer.instance-id=member";
        settings[1] = "--pipeline.consumer.archive.folder=" + folder;
        settings[2] = "--pipeline.consumer.archive.max-age=300ms";
        settings[3] =
                "--pipeline.consumer.webhook.url=http://127.0.0.1:"
                        + target.getAddress().getPort()
                        + "/hook";
        settings[4] = "--pipeline.consumer.webhook.topics=order-placed";
        settings[5] = "--pipeline.consumer.webhook.retries.mode=topics";
        for (int i = 0; i < membership.length; i++) {
            settings[6 + 2 * i] = "--pipeline.consumer.archive.membership." + membership[i];
            settings[7 + 2 * i] = "--pipeline.consumer.webhook.membership." + membership[i];
        }
        return RunningService.start(
                bootstrap, "jdbc:postgresql://127.0.0.1:1/none", ENVIRONMENT, settings);
    }
}
