package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.archive.ArchivedTopics;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * F6: every record is in the archive once and whole, wherever the group stood before, and what an
 * operator has to decide is said. On one broker and without PostgreSQL, which the archive does not
 * need.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveIntegrationTests {

    private static final Duration ARCHIVED = Duration.ofSeconds(90);
    private static final String NO_DATABASE = "jdbc:postgresql://127.0.0.1:1/none";
    private static final String ENVIRONMENT = "archive";

    private Path temporary = Path.of("");
    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final TopicCatalogue catalogue = new TopicCatalogue(ENVIRONMENT);
    private final String orders = catalogue.name(PipelineTopic.ORDER_PLACED);
    private final String lines = catalogue.name(PipelineTopic.LOG_LINE);
    private final String payments = catalogue.name(PipelineTopic.PAYMENT_CAPTURED);
    private final String views = catalogue.name(PipelineTopic.PAGE_VIEWED);
    private final String measurements = catalogue.name(PipelineTopic.SERVER_MEASURED);
    private Path folder = Path.of("");
    private RunningService service;
    private Sender sender;
    private Admin admin;

    @BeforeAll
    void start(@TempDir Path root) {
        temporary = root;
        folder = temporary.resolve("archive");
        service = startService(folder);
        sender = new Sender(bootstrap, null);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        awaitState("running");
    }

    @AfterAll
    void stop() {
        admin.close();
        sender.close();
        service.close();
    }

    private RunningService startService(Path archive) {
        return startService(archive, "classic");
    }

    private RunningService startService(Path archive, String protocol) {
        return RunningService.start(
                bootstrap,
                NO_DATABASE,
                ENVIRONMENT,
                "--pipeline.consumer.archive.folder=" + archive,
                "--pipeline.consumer.archive.max-age=300ms",
                "--pipeline.consumer.archive.membership.protocol=" + protocol,
                "--pipeline.consumer.retry.alarm-recheck=1s",
                "--pipeline.consumer.retry.topic-check=1s");
    }

    @Test
    void archivesWhateverIsCommittedAndNothingElse() {
        sender.send(orders, 0, "o-1", order("o-1", ALICE));
        sender.sendBytes(orders, 0, "alice", null);
        sender.sendBytes(orders, 0, "alice", new byte[] {(byte) 0xff});
        sender.sendBytes(lines, 1, "", "a plain line".getBytes(UTF_8));
        try (Sender transactional = new Sender(bootstrap, "archive-test")) {
            for (String end : List.of("commit", "abort", "commit")) {
                transactional.producer().beginTransaction();
                var _ = transactional.producer().send(text(orders, 0, end));
                if (end.equals("commit")) {
                    transactional.producer().commitTransaction();
                } else {
                    transactional.producer().flush();
                    transactional.producer().abortTransaction();
                }
            }
        }

        awaitArchived(orders, lines);
        List<String> archived = archivedLines(orders, 0);
        assertThat(archived).hasSize(5);
        assertThat(archived.getFirst())
                .startsWith("{\"topic\":\"" + orders + "\",\"partition\":0,\"offset\":0,")
                .contains("\"key\":\"alice\"", "\"ce_id\":\"o-1\"", "\"amount\":37.50");
        assertThat(archived.get(1)).endsWith("\"value\":null}");
        assertThat(archived.get(2)).endsWith("\"valueBase64\":\"/w==\"}");
        assertThat(archived.get(4)).endsWith("\"valueText\":\"commit\"}");
        assertThat(archivedLines(lines, 1)).singleElement().asString().contains("a plain line");
        // Three records, three of transactions, three markers: all of them are passed.
        eventually()
                .untilAsserted(() -> {
                    JsonNode lag = lagOf(orders, 0);
                    assertThat(lag.get("committedOffset").longValue()).isEqualTo(9);
                    assertThat(lag.get("lag").longValue()).isZero();
                    assertThat(lag.get("stale").booleanValue()).isFalse();
                    assertThat(lag.get("owner").stringValue()).contains("archive");
                });
    }

    @Test
    void resumesBehindItsFilesWhateverKafkaHas() throws Exception {
        sendAndAwait(payments, 0, 20);
        service.close();
        // Kafka is behind, and a writer died half-way.
        commit(payments, 0, 3);
        Path half = folderOf(payments, 0).resolve(".%020d.%s.open".formatted(20, "0".repeat(36)));
        Files.writeString(half, "half a file");
        service = startService(folder);

        sendAndAwait(payments, 0, 20);

        assertThat(half).doesNotExist();
        assertThat(archivedLines(payments, 0)).hasSize(40);
    }

    @Test
    void stopsWhereTheFolderIsNotTheOneItWrote() throws Exception {
        sendAndAwait(payments, 1, 5);
        service.close();
        Path other = temporary.resolve("other");
        service = startService(other);

        awaitStopped(payments, 1, "skip-to-5");
        service.close();
        service = startService(folder);
        sendAndAwait(payments, 1, 5);
    }

    @Test
    void stopsAtAHoleUntilAnOperatorAccepts() throws Exception {
        sendAndAwait(payments, 2, 5);
        service.close();
        send(payments, 2, 20);
        deleteBefore(payments, 2, 15);
        service = startService(folder);

        awaitStopped(payments, 2, "outside the log, which has the offsets 15 to 25");
        Path accepted = Files.createFile(folderOf(payments, 2).resolve("skip-to-15"));
        eventually().until(() -> archivedLines(payments, 2).size() == 15);
        assertThat(accepted).doesNotExist();
        awaitState("running");
    }

    /** The client goes on at the beginning by itself then, and says nothing. */
    @Test
    void stopsAtAHoleThatItsClientPassesOverInTheNewProtocol() throws Exception {
        service.close();
        service = startService(folder, "consumer");
        sendAndAwait(measurements, 0, 5);
        service.post("/listeners/archive/pause", "");
        awaitState("paused");
        send(measurements, 0, 20);
        deleteBefore(measurements, 0, 15);
        service.post("/listeners/archive/resume", "");

        awaitStopped(measurements, 0, "outside the log, which has the offsets 15 to 25");
        assertThat(archivedLines(measurements, 0)).hasSize(5);
        Files.createFile(folderOf(measurements, 0).resolve("skip-to-15"));
        eventually().until(() -> archivedLines(measurements, 0).size() == 15);
        awaitState("running");
        service.close();
        service = startService(folder);
    }

    @Test
    void stopsAtATopicThatWasMadeAnewUntilAnOperatorAccepts() throws Exception {
        sendAndAwait(views, 0, 5);
        service.close();
        admin.deleteTopics(List.of(views)).all().get(60, TimeUnit.SECONDS);
        // The service makes it anew, with another id.
        service = startService(folder);
        awaitStopped(views, 0, "holds an earlier topic of that name");
        send(views, 0, 3);

        String id =
                admin.describeTopics(List.of(views))
                        .allTopicNames()
                        .get(60, TimeUnit.SECONDS)
                        .values()
                        .iterator()
                        .next()
                        .topicId()
                        .toString();
        Files.createDirectory(folder.resolve(views).resolve(id));
        eventually().until(() -> archivedLines(views, 0).size() == 8);
        awaitState("running");
    }

    @Test
    void isSteeredAsTheOthersAreButCannotBeSought() {
        sendAndAwait(lines, 2, 5);
        assertThat(service.post("/listeners/archive/pause", "").statusCode()).isEqualTo(200);
        awaitState("paused");
        send(lines, 2, 5);
        assertThat(archivedLines(lines, 2)).hasSize(5);
        assertThat(service.post("/listeners/archive/seek", "{\"to\":\"earliest\"}").statusCode())
                .isEqualTo(409);

        assertThat(service.post("/listeners/archive/resume", "").statusCode()).isEqualTo(200);
        awaitArchived(lines);
        assertThat(archivedLines(lines, 2)).hasSize(10);
    }

    @Test
    void waitsWhileTheFolderCannotBeUsed() throws Exception {
        sendAndAwait(lines, 0, 5);
        Path away = temporary.resolve("away");
        Files.move(folder, away);
        Files.writeString(folder, "not a folder");
        send(lines, 0, 5);
        awaitState("suspended");
        assertThat(health().get("reason").stringValue()).contains(folder.toString());
        assertThat(service.get("/actuator/prometheus").body())
                .contains("pipeline_consumer_members_suspended{group=\"archive\"} 1.0");

        Files.delete(folder);
        Files.move(away, folder);
        awaitState("running");
        sendAndAwait(lines, 0, 5);
    }

    private void deleteBefore(String topic, int partition, long offset) throws Exception {
        admin.deleteRecords(
                        Map.of(
                                new TopicPartition(topic, partition),
                                RecordsToDelete.beforeOffset(offset)))
                .all()
                .get(60, TimeUnit.SECONDS);
    }

    private void sendAndAwait(String topic, int partition, int records) {
        send(topic, partition, records);
        awaitArchived(topic);
    }

    private void send(String topic, int partition, int records) {
        for (int i = 0; i < records; i++) {
            sender.sendBytes(topic, partition, "key", ("line " + i).getBytes(UTF_8));
        }
    }

    private void awaitArchived(String... topics) {
        ArchivedTopics archived = new ArchivedTopics(bootstrap, folder, topics);
        eventually().untilAsserted(archived::assertArchivedOnce);
    }

    /** The folder is made by the service, and files come and go while they are looked for. */
    private static ConditionFactory eventually() {
        return await().atMost(ARCHIVED).ignoreExceptionsInstanceOf(UncheckedIOException.class);
    }

    private void awaitState(String state) {
        eventually()
                .untilAsserted(
                        () -> assertThat(health().path("state").stringValue("")).isEqualTo(state));
    }

    private void awaitStopped(String topic, int partition, String reason) {
        eventually()
                .untilAsserted(() ->
                        assertThat(
                                        health().path("stopped")
                                                .path(topic + "-" + partition)
                                                .stringValue(""))
                                .contains(reason));
    }

    private JsonNode health() {
        return service.json("/actuator/health").at("/components/listeners/details/archive");
    }

    private JsonNode lagOf(String topic, int partition) {
        for (JsonNode lag : service.json("/actuator/lag").get("partitions")) {
            if (lag.get("group").stringValue().equals("archive")
                    && lag.get("topic").stringValue().equals(topic)
                    && lag.get("partition").intValue() == partition) {
                return lag;
            }
        }
        throw new AssertionError("No lag of " + topic + "-" + partition);
    }

    private List<String> archivedLines(String topic, int partition) {
        return new ArchivedTopics(bootstrap, folder, topic).lines(partition);
    }

    private Path folderOf(String topic, int partition) {
        return new ArchivedTopics(bootstrap, folder, topic).folder(partition);
    }

    private void commit(String topic, int partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        "archive",
                        Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get(60, TimeUnit.SECONDS);
    }

    private static ProducerRecord<byte[], byte[]> text(String topic, int partition, String text) {
        return new ProducerRecord<>(topic, partition, null, text.getBytes(UTF_8));
    }
}
