package io.eventpipeline.streams.runtime;

import static io.eventpipeline.model.topic.PipelineTopic.PRODUCT_LISTED;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.topology.TopologyPiece;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is joined with an internal topic is compared with that, too; on a real broker. */
class CoPartitioningCheckIntegrationTests {

    private final TopicCatalogue topics =
            new TopicCatalogue("it-" + UUID.randomUUID().toString().substring(0, 8));

    @Test
    @DisplayName("E3 an internal topic of another number of partitions stops the start with a word")
    void comparesATopicWithTheInternalOneThatItIsJoinedWith() throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of("bootstrap.servers", SharedCluster.kafka().bootstrapServers()))) {
            String products = topics.name(PRODUCT_LISTED);
            admin.createTopics(List.of(new NewTopic(products, 4, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);

            assertThatThrownBy(() -> check(admin, 3))
                    .isInstanceOf(UnequalPartitionsException.class)
                    .hasMessageContaining(products + " has 4")
                    .hasMessageContaining("joined with 3");
            assertThatCode(() -> check(admin, 4)).doesNotThrowAnyException();
        }
    }

    private void check(Admin admin, int internal) {
        TopologyPiece piece =
                new TopologyPiece() {
                    @Override
                    public void addTo(StreamsBuilder builder, Intake intake) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Map<PipelineTopic, Integer> fixedPartitions() {
                        return Map.of(PRODUCT_LISTED, internal);
                    }
                };
        new CoPartitioningCheck(admin, topics, piece).check();
    }
}
