package io.eventpipeline.streams;

import static io.eventpipeline.model.topic.PipelineTopic.ADDRESS_CHANGED;
import static io.eventpipeline.model.topic.PipelineTopic.ORDER_PLACED;
import static io.eventpipeline.model.topic.PipelineTopic.PRODUCT_LISTED;
import static io.eventpipeline.model.topic.PipelineTopic.SHIPMENT_REQUESTED;
import static io.eventpipeline.streams.RunningService.await;
import static io.eventpipeline.streams.RunningService.freePort;
import static io.eventpipeline.streams.Shop.address;
import static io.eventpipeline.streams.Shop.order;
import static io.eventpipeline.streams.Shop.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.runtime.RecordedEnds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service and its broker come and go in any order; on a broker that the tests may break. */
class StreamsStartIntegrationTests {

    @TempDir Path folder;
    private LocalKafka kafka;

    @SuppressWarnings("NullAway.Init") // JUnit builds the cluster first.
    StreamsStartIntegrationTests() {}

    @BeforeEach
    void build() {
        kafka = LocalKafka.builder().dataFolder(folder.resolve("kafka")).build();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void startsWithoutKafkaAndWorksWhenKafkaIsThereAndAgainAfterAnOutage() {
        try (RunningService service = start("late", freePort())) {
            await("readiness says why it is not ready")
                    .untilAsserted(() ->
                            assertThat(service.get("/actuator/health/readiness").body())
                                    .contains("No broker answered", "Waiting for the topics"));
            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(service.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            var early = service.get("/customers/alice/address");
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("retry-after")).hasValue("1");
            assertThat(early.body()).contains("/state-unavailable", "not started");

            kafka.start();
            service.ready();
            ship("late", "o-1");

            kafka.broker(1).kill();
            await("readiness notices that Kafka is away")
                    .until(() -> service.get("/actuator/health/readiness").statusCode() == 503);
            assertThat(service.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            kafka.broker(1).start();
            service.ready();
            ship("late", "o-2");
        }
    }

    @Test
    @DisplayName("E3 topics of unequal partitions stop the start with a word")
    void refusesToJoinTopicsOfUnequalPartitions() throws Exception {
        kafka.start();
        TopicCatalogue topics = new TopicCatalogue("unequal");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topics.name(ADDRESS_CHANGED), 4, (short) 1)))
                    .all()
                    .get(RunningService.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        try (RunningService service = start("unequal", freePort())) {
            RecordedEnds ends = service.context().getBean(RecordedEnds.class);
            await("the service wishes to end").until(() -> !ends.reasons().isEmpty());
            assertThat(ends.reasons().getFirst())
                    .contains(
                            "commerce.customer.unequal.address-changed has 4",
                            "commerce.order.unequal.placed has 6");
            assertThat(service.get("/actuator/streams").body()).contains("\"threads\":[]");
        }
    }

    private RunningService start(String environment, int port) {
        return RunningService.start(
                kafka.bootstrapServers(), environment, folder.resolve("state-" + port), port);
    }

    private void ship(String environment, String orderId) {
        try (RunningService.Topics topics =
                new RunningService.Topics(kafka.bootstrapServers(), environment)) {
            topics.send(ORDER_PLACED, order(orderId, orderId, orderId), orderId);
            topics.send(ADDRESS_CHANGED, address(orderId, "Torstraße 1"), orderId);
            topics.send(PRODUCT_LISTED, product(orderId), orderId);
            await("the shipment of " + orderId)
                    .until(() -> topics.committed(SHIPMENT_REQUESTED, orderId).size() == 1);
        }
    }
}
