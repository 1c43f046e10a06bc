package io.eventpipeline.standalone.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.standalone.instance.PipelineException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reset deletes what belongs to the application and nothing else, and nothing at all while an
 * instance is active; on a real broker.
 */
class ApplicationResetIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String id = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final String input = id + ".input";
    private final String changelog = id + "-store-changelog";
    private final String repartition = id + "-by-sku-repartition";
    private final String neighbour = id + "-2";
    private final String bootstrapServers = SharedCluster.kafka().bootstrapServers();

    @TempDir private Path folder;
    private Admin admin;
    private Path state;

    @SuppressWarnings("NullAway.Init") // JUnit prepares first.
    ApplicationResetIntegrationTests() {}

    @BeforeEach
    void prepare() throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        admin.createTopics(
                        List.of(
                                new NewTopic(input, 2, (short) 1),
                                new NewTopic(changelog, 1, (short) 1),
                                new NewTopic(repartition, 1, (short) 1),
                                new NewTopic(neighbour + "-store-changelog", 1, (short) 1)))
                .all()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        // The coordinator hears of a new topic a moment later.
        Awaitility.await("both applications have offsets")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> commit(id) && commit(neighbour));
        state = folder.resolve(id);
        Files.createDirectories(state.resolve("1_0"));
        Files.writeString(state.resolve("1_0").resolve(".checkpoint"), "0");
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void saysWhatItWouldDeleteAndDeletesIt() throws Exception {
        ApplicationReset reset = new ApplicationReset(admin, id, folder);
        ResetPlan plan = reset.plan();
        assertThat(plan.members()).isEmpty();
        assertThat(plan.inputs()).containsExactly(input);
        assertThat(plan.internalTopics()).containsExactly(repartition, changelog);
        assertThat(plan.state()).isEqualTo(state);
        assertThat(state).exists();
        assertThat(topics()).contains(changelog, repartition);

        reset.execute(plan);

        Awaitility.await("the topics are gone")
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(topics())
                                .doesNotContain(changelog, repartition)
                                .contains(input, neighbour + "-store-changelog"));
        assertThat(state).doesNotExist();
        assertThat(folder).exists();
        assertThat(groups()).doesNotContain(id).contains(neighbour);
        assertThat(reset.plan().isEmpty()).isTrue();
    }

    @Test
    void refusesWhileAnInstanceIsActive() {
        ApplicationReset reset = new ApplicationReset(admin, id, folder);
        ResetPlan before = reset.plan();
        try (KafkaConsumer<byte[], byte[]> member = member()) {
            member.subscribe(List.of(input));
            Awaitility.await("the member is in its group")
                    .atMost(PATIENCE)
                    .until(() -> {
                        member.poll(Duration.ofMillis(100));
                        return !member.assignment().isEmpty();
                    });

            ResetPlan plan = reset.plan();
            assertThat(plan.members()).singleElement().asString().contains("instance-1");
            assertThatThrownBy(() -> reset.execute(plan))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("instance-1")
                    .hasMessageContaining("nothing was changed");
            // A plan from before it joined does no harm either: the broker refuses.
            assertThatThrownBy(() -> reset.execute(before))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("has just become active");
            assertThat(state).exists();
            assertThat(reset.plan().internalTopics()).containsExactly(repartition, changelog);
        }
    }

    @Test
    void refusesWhileAProcessUsesTheFolderOfState() throws Exception {
        ApplicationReset reset = new ApplicationReset(admin, id, folder);
        ResetPlan plan = reset.plan();
        // Another process would be told so by the lock itself, this one by Java.
        try (FileChannel user =
                FileChannel.open(
                        state.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            assertThat(user.lock().isValid()).isTrue();
            assertThatThrownBy(() -> reset.execute(plan))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("uses " + state);
        }
        assertThat(groups()).contains(id);
        assertThat(state).exists();
    }

    private boolean commit(String group) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(input, 0), new OffsetAndMetadata(0)))
                .all()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return true;
    }

    private KafkaConsumer<byte[], byte[]> member() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        id,
                        "client.id",
                        "instance-1",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private Set<String> topics() throws Exception {
        return admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private List<String> groups() throws Exception {
        return admin.listGroups().all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).stream()
                .map(group -> group.groupId())
                .toList();
    }
}
