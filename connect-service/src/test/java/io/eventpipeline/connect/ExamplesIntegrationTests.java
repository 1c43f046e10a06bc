package io.eventpipeline.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.connect.WebService.Answer;
import io.eventpipeline.connect.WebService.Request;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The example configurations, as they are, do on a worker what they are there for. Those of
 * database synchronisation and of MirrorMaker have tests of their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ENVIRONMENT = "exampletests";
    private static final TopicCatalogue TOPICS = new TopicCatalogue(ENVIRONMENT);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final String month =
            DateTimeFormatter.ofPattern("yyyy.MM").withZone(ZoneOffset.UTC).format(now);
    private final String kafka = SharedCluster.kafka().bootstrapServers();
    private final AtomicInteger ledgerRequests = new AtomicInteger();
    private final SearchIndex index = new SearchIndex();
    private WebService search;
    private WebService ledger;
    private String database;
    private Path files;
    private RunningService service;

    @BeforeAll
    void start(@TempDir Path machine) throws IOException {
        files = Files.createDirectories(machine.resolve("files"));
        search = new WebService(index::bulk);
        ledger = new WebService(this::book);
        database = SharedCluster.newDatabase();
        execute(
                """
                CREATE TABLE addresses (
                    customer text PRIMARY KEY, street text, city text, postal_code text,
                    country text)\
                """);
        URI address = URI.create(database.substring("jdbc:".length()));
        service =
                new RunningService(
                        kafka,
                        ENVIRONMENT,
                        files,
                        Examples.declared(
                                machine.resolve("declared"),
                                "address-changes-source",
                                "file-sink",
                                "file-source",
                                "host-metrics",
                                "search-index-sink",
                                "web-service-sink"),
                        "--pipeline.connect.declared.built-in=",
                        "--pipeline.search.url=" + search.url(),
                        "--pipeline.ledger.url=" + ledger.url() + "/payments",
                        "--pipeline.sync.source.host=" + address.getHost(),
                        "--pipeline.sync.source.port=" + address.getPort(),
                        "--pipeline.sync.source.database=" + address.getPath().substring(1));
        await().atMost(PATIENCE).until(service::isReady);
    }

    @AfterAll
    void stop() {
        service.close();
        search.close();
        ledger.close();
    }

    @Test
    void searchIndexGetsOrdersAndPaymentsMaskedAndRenamed() throws Exception {
        send(PipelineTopic.ORDER_PLACED, "order.placed", "o-1", order("lamp"));
        send(PipelineTopic.ORDER_PLACED, "order.placed", "o-2", order(SearchIndex.NOT_INDEXED));
        send(PipelineTopic.PAYMENT_CAPTURED, "payment.captured", "p-1", payment());

        await().atMost(PATIENCE)
                .until(() ->
                        index.documents().keySet().stream()
                                        .filter(document -> document.matches(".*/[op]-1"))
                                        .count()
                                == 2);
        JsonNode order = document("shop-order-%s/o-1");
        JsonNode payment = document("shop-payment-%s/p-1");
        assertThat(order.at("/product").asString()).as("renamed").isEqualTo("lamp");
        assertThat(order.has("sku")).as("renamed").isFalse();
        assertThat(order.at("/@timestamp").asString()).isEqualTo(now.toString());
        assertThat(order.at("/quantity").isString()).as("cast").isTrue();
        assertThat(order.at("/ce_type").asString()).contains("order.placed");
        assertThat(order.has("ce_source")).as("dropped").isFalse();
        assertThat(order.at("/environment").asString()).as("inserted").isEqualTo(ENVIRONMENT);
        assertThat(order.toString()).doesNotContain("alice");
        assertThat(order.at("/customer").asString())
                .as("masked alike, so that both can be joined")
                .isEqualTo(payment.at("/customer").asString())
                .isEqualTo(order.at("/ce_subject").asString())
                .hasSize(64);
        assertThat(search.requests())
                .allSatisfy(request -> {
                    assertThat(request.path()).isEqualTo("/_bulk");
                    assertThat(request.authorization()).startsWith("Basic ");
                });
    }

    @Test
    void searchIndexRefusalGoesToTheDeadLetterTopic() throws Exception {
        send(PipelineTopic.ORDER_PLACED, "order.placed", "o-3", order(SearchIndex.NOT_INDEXED));

        String topic = TOPICS.name(PipelineTopic.ORDER_PLACED) + "-dlt";
        await().atMost(PATIENCE).until(() -> !lettersOf(topic, "o-3").isEmpty());
        ConsumerRecord<String, byte[]> letter = lettersOf(topic, "o-3").getFirst();
        assertThat(text(letter, "__connect.errors.exception.message"))
                .contains("mapping: no such product");
        assertThat(text(letter, "__connect.errors.topic"))
                .isEqualTo(TOPICS.name(PipelineTopic.ORDER_PLACED));
        assertThat(new String(letter.value(), UTF_8)).isEqualTo(order(SearchIndex.NOT_INDEXED));
    }

    @Test
    void webServiceGetsPaymentsAsTheyAreAfterItWasAway() throws Exception {
        send(PipelineTopic.PAYMENT_CAPTURED, "payment.captured", "p-2", payment());

        await().atMost(PATIENCE)
                .until(() ->
                        ledgerRequests.get() >= 3
                                && ledger.requests().getLast().body().contains("49.90"));
        assertThat(ledger.requests())
                .allSatisfy(request -> {
                    assertThat(request.path()).isEqualTo("/payments");
                    assertThat(request.authorization()).isEqualTo("Bearer ledger-token");
                    assertThat(request.body().lines()).allMatch(payment()::equals);
                });
    }

    @Test
    void rowsBecomeEventsOfThePipeline() {
        execute("INSERT INTO addresses VALUES ('alice', 'Elm St 1', 'Bonn', '53111', 'DE')");
        execute("DELETE FROM addresses");

        String topic = TOPICS.name(PipelineTopic.ADDRESS_CHANGED);
        await().atMost(PATIENCE).until(() -> CommittedRecords.of(kafka, topic).size() == 2);
        ConsumerRecord<String, byte[]> changed = CommittedRecords.of(kafka, topic).getFirst();
        assertThat(changed.key()).isEqualTo("alice");
        assertThat(
                        EventSerdes.deserializer(AddressChanged.class)
                                .deserialize(topic, changed.value()))
                .isEqualTo(
                        new AddressChanged(
                                new CustomerId("alice"), "Elm St 1", "Bonn", "53111", "DE"));
        EventMetadata metadata = CloudEventHeaders.read(changed.headers()).orElseThrow();
        assertThat(metadata.type()).isEqualTo(EventTypes.nameOf(AddressChanged.class));
        assertThat(metadata.identity().source()).isEqualTo("/connect-service/address-changes");
        assertThat(metadata.subject()).isEqualTo("alice");
        assertThat(metadata.time()).isBetween(Instant.now().minus(PATIENCE), Instant.now());
        ConsumerRecord<String, byte[]> deleted = CommittedRecords.of(kafka, topic).getLast();
        assertThat(deleted.key()).isEqualTo("alice");
        assertThat(deleted.value()).isNull();
    }

    @Test
    void linesOfALogBecomeRecords() throws IOException {
        Files.writeString(files.resolve("shop.log"), "first\nsecond\n");

        String topic = TOPICS.name(PipelineTopic.LOG_LINE);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(CommittedRecords.of(kafka, topic))
                                .extracting(line -> new String(line.value(), UTF_8))
                                .containsExactly("first", "second"));
    }

    @Test
    void namesOfProductsGoToAFile() throws Exception {
        Path names = files.resolve("product-names.txt");
        send(PipelineTopic.PRODUCT_LISTED, "product.listed", "l-1", "{\"name\":\"Lamp\"}");
        send(PipelineTopic.PRODUCT_LISTED, "product.listed", "l-2", null);
        send(PipelineTopic.PRODUCT_LISTED, "product.listed", "l-3", "{\"name\":\"Sofa\"}");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(names).exists().content().isEqualTo("Lamp\nSofa\n"));
    }

    @Test
    void thisMachineIsMeasured() {
        String topic = TOPICS.name(PipelineTopic.SERVER_MEASURED);
        await().atMost(PATIENCE).until(() -> !CommittedRecords.of(kafka, topic).isEmpty());

        assertThat(
                        EventSerdes.deserializer(ServerMeasured.class)
                                .deserialize(
                                        topic, CommittedRecords.of(kafka, topic).getFirst().value())
                                .host()
                                .value())
                .isEqualTo("shop-front");
    }

    /** Away for the first two requests. */
    private Answer book(Request request) {
        return new Answer(ledgerRequests.incrementAndGet() <= 2 ? 503 : 200, "");
    }

    private JsonNode document(String place) {
        return Objects.requireNonNull(index.documents().get(place.formatted(month)), place);
    }

    private List<ConsumerRecord<String, byte[]>> lettersOf(String topic, String eventId) {
        return CommittedRecords.of(kafka, topic).stream()
                .filter(letter -> text(letter, CloudEventHeaders.ID).equals(eventId))
                .toList();
    }

    private static String text(ConsumerRecord<String, byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), UTF_8);
    }

    private String order(String sku) {
        return """
        {"orderId":"o-1","customer":"alice","sku":"%s","quantity":2,"amount":49.90,\
        "currency":"EUR","placedAt":"%s"}\
        """
                .formatted(sku, now);
    }

    private String payment() {
        return """
        {"paymentId":"p-1","orderId":"o-1","customer":"alice","amount":49.90,\
        "currency":"EUR","capturedAt":"%s"}\
        """
                .formatted(now);
    }

    private void send(PipelineTopic topic, String type, String id, @Nullable String value)
            throws InterruptedException, ExecutionException {
        ProducerRecord<String, String> event =
                new ProducerRecord<>(TOPICS.name(topic), null, now.toEpochMilli(), "alice", value);
        CloudEventHeaders.write(
                new EventMetadata(
                        new EventIdentity("/till/7", id),
                        "io.eventpipeline." + type + ".v1",
                        now,
                        "alice",
                        null),
                event.headers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(event).get();
        }
    }

    private void execute(String sql) {
        try (Connection connection =
                        DriverManager.getConnection(
                                database,
                                SharedCluster.postgres().username(),
                                SharedCluster.postgres().password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
