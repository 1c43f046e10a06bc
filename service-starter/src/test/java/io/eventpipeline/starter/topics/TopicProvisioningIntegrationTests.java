package io.eventpipeline.starter.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.ProvisioningReport;
import io.eventpipeline.model.topic.ProvisioningReport.Drift;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.model.topic.TopicProvisioner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The provisioner on a real broker; each test has an environment of its own, and so topics of its
 * own.
 */
class TopicProvisioningIntegrationTests {

    private static final Duration VISIBLE = Duration.ofSeconds(60);

    private final TopicCatalogue catalogue =
            new TopicCatalogue("t" + UUID.randomUUID().toString().substring(0, 8));
    private final Admin admin = connect();
    private final TopicProvisioner provisioner = provisioner(admin);

    private static Admin connect() {
        return Admin.create(
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        SharedCluster.kafka().bootstrapServers()));
    }

    private static TopicProvisioner provisioner(Admin admin) {
        return new TopicProvisioner(admin, 1, Duration.ofSeconds(60));
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void createsWhatIsMissingOnceAndThenFindsNothingToDo() throws Exception {
        ProvisioningReport first = provisioner.provision(catalogue.all());
        ProvisioningReport second = provisioner.provision(catalogue.all());

        assertThat(first.created())
                .containsExactlyInAnyOrderElementsOf(
                        catalogue.all().stream().map(TopicDefinition::name).toList());
        assertThat(second).isEqualTo(new ProvisioningReport(List.of(), List.of(), List.of()));
        assertThat(partitions(PipelineTopic.PRODUCT_LISTED)).isEqualTo(3);
    }

    @Test
    void growsATopicWithoutKeyAndOnlyReportsAKeyedOne() throws Exception {
        make(PipelineTopic.LOG_LINE, 1);
        make(PipelineTopic.ORDER_PLACED, 1);

        ProvisioningReport report = provisioner.provision(catalogue.all());

        assertThat(report.grown()).containsExactly(catalogue.name(PipelineTopic.LOG_LINE));
        assertThat(partitions(PipelineTopic.LOG_LINE)).isEqualTo(3);
        assertThat(partitions(PipelineTopic.ORDER_PLACED)).isEqualTo(1);
        assertThat(report.drifts())
                .filteredOn(drift -> drift.property().equals("partitions"))
                .extracting(Drift::topic)
                .containsExactly(catalogue.name(PipelineTopic.ORDER_PLACED));
    }

    @Test
    void reportsASettingThatSomebodyChanged() throws Exception {
        admin.createTopics(
                        List.of(
                                new NewTopic(
                                                catalogue.name(PipelineTopic.ADDRESS_CHANGED),
                                                6,
                                                (short) 1)
                                        .configs(Map.of("cleanup.policy", "delete"))))
                .all()
                .get();

        assertThat(provisioner.provision(catalogue.all()).drifts())
                .singleElement()
                .satisfies(drift -> {
                    assertThat(drift.property()).isEqualTo("cleanup.policy");
                    assertThat(drift.declared()).isEqualTo("compact");
                    assertThat(drift.actual()).isEqualTo("delete");
                });
    }

    @Test
    void neverShrinks() throws Exception {
        make(PipelineTopic.LOG_LINE, 9);

        ProvisioningReport report = provisioner.provision(catalogue.all());

        assertThat(partitions(PipelineTopic.LOG_LINE)).isEqualTo(9);
        assertThat(report.drifts())
                .extracting(Drift::remedy)
                .anyMatch(r -> r.contains("taken away"));
    }

    @Test
    void growsAKeyedTopicOnlyTogetherWithThoseJoinedWithItAndTheirDeadLetters() throws Exception {
        provisioner.provision(catalogue.all());
        TopicDefinition orders = catalogue.get(PipelineTopic.ORDER_PLACED);
        TopicDefinition addresses = catalogue.get(PipelineTopic.ADDRESS_CHANGED);

        provisioner.growKeyed(orders, 8, List.of(addresses));

        assertThat(partitions(PipelineTopic.ORDER_PLACED)).isEqualTo(8);
        assertThat(partitions(PipelineTopic.ADDRESS_CHANGED)).isEqualTo(8);
        assertThat(partitions(orders.deadLetter().name())).isEqualTo(8);
        assertThatThrownBy(() -> provisioner.growKeyed(orders, 7, List.of(addresses)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(orders.name())
                .hasMessageContaining("has 8 partitions");
        assertThat(partitions(PipelineTopic.ADDRESS_CHANGED)).isEqualTo(8);
    }

    @Test
    void twoServicesMayProvisionAtTheSameTime() throws Exception {
        try (Admin other = connect()) {
            var both =
                    List.of(provisioner, provisioner(other)).parallelStream()
                            .map(each -> each.provision(catalogue.all()).created())
                            .flatMap(List::stream)
                            .toList();

            assertThat(both)
                    .containsExactlyInAnyOrderElementsOf(
                            catalogue.all().stream().map(TopicDefinition::name).toList());
        }
    }

    private void make(PipelineTopic topic, int partitions)
            throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(catalogue.name(topic), partitions, (short) 1)))
                .all()
                .get();
        // The controller has it; a broker describes it a moment later.
        await().atMost(VISIBLE).ignoreExceptions().until(() -> partitions(topic) == partitions);
    }

    private int partitions(PipelineTopic topic) throws ExecutionException, InterruptedException {
        return partitions(catalogue.name(topic));
    }

    private int partitions(String topic) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic))
                .topicNameValues()
                .values()
                .iterator()
                .next()
                .get()
                .partitions()
                .size();
    }
}
