package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.placedBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.producer.Service.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What the official SDK sends over HTTP in any mode, the official SDK reads from the topic
 * unchanged; and the parts of the bindings that the SDK does not know, on a real broker.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudEventsIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String ENVIRONMENT = "cloudevents";
    private static final String ORDERS = "commerce.order." + ENVIRONMENT + ".placed";
    private static final String PLACED = "io.eventpipeline.order.placed.v1";
    private static final String DOORS = "acme.doors";
    private static final String DOOR_STATES = "acme.door-states";
    private static final String HOP = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String START = "00-0af7651916cd43dd8448eb211c80319c-b9c7c989f97918e1-01";

    private Service service;
    private Topics topics;

    @BeforeAll
    void start() throws Exception {
        String brokers = SharedCluster.kafka().bootstrapServers();
        topics = new Topics(brokers);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(DOORS, 1, (short) 1),
                                    new NewTopic(DOOR_STATES, 1, (short) 1)
                                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        service =
                Service.on(
                        brokers,
                        "pipeline.environment=" + ENVIRONMENT,
                        "pipeline.producer.topics.allowed=acme.*");
        await().atMost(READY).until(service::isReady);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private Answer post(String query, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.uri("/events" + query))
                        .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return service.exchange(request);
    }

    private HttpRequest.Builder bySdk(String query, CloudEvent event, boolean structured) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.uri("/events" + query));
        MessageWriter<?, ?> writer =
                HttpMessageFactory.createWriter(
                        (name, value) -> request.header(name, value),
                        body ->
                                request.POST(
                                        BodyPublishers.ofByteArray(
                                                body == null ? new byte[0] : body)));
        if (structured) {
            writer.writeStructured(event, JsonFormat.CONTENT_TYPE);
        } else {
            writer.writeBinary(event);
        }
        return request;
    }

    /** The record that a receipt names. */
    private ConsumerRecord<String, CloudEvent> stored(JsonNode receipt) {
        return topics.read(receipt.get("topic").stringValue()).stream()
                .filter(record ->
                        record.partition() == receipt.get("partition").intValue()
                                && record.offset() == receipt.get("offset").longValue())
                .findAny()
                .orElseThrow(() -> new AssertionError("No record at " + receipt));
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        return Stream.of(record.headers().toArray())
                .collect(
                        Collectors.toMap(Header::key, header -> new String(header.value(), UTF_8)));
    }

    private static CloudEventBuilder placed(String id) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("https://shop.example/till?no=1"))
                .withType(PLACED)
                .withSubject("till")
                .withTime(OffsetDateTime.parse("2026-11-01T13:00:00.123+01:00"))
                .withDataSchema(URI.create("https://shop.example/order.json"))
                .withExtension("sequence", "7")
                .withExtension("partitionkey", ALICE)
                .withData("application/json", placedBy(ALICE, id).getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storesWhatTheSdkSendsAsTheSdkReadsIt(boolean structured) {
        CloudEvent sent = placed("sdk-" + structured).build();

        Answer answer = service.exchange(bySdk("", sent, structured));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("eventId").stringValue()).isEqualTo("sdk-" + structured);
        assertThat(answer.body().get("topic").stringValue()).isEqualTo(ORDERS);
        ConsumerRecord<String, CloudEvent> record = stored(answer.body());
        assertThat(record.key()).isEqualTo(ALICE);
        CloudEvent read = record.value();
        assertThat(read.getAttributeNames()).isEqualTo(sent.getAttributeNames());
        for (String name : sent.getAttributeNames()) {
            assertThat(read.getAttribute(name)).as(name).isEqualTo(sent.getAttribute(name));
        }
        assertThat(read.getExtensionNames()).isEqualTo(sent.getExtensionNames());
        assertThat(read.getExtension("partitionkey")).isEqualTo(ALICE);
        assertThat(read.getExtension("sequence")).isEqualTo("7");
        assertThat(Objects.requireNonNull(read.getData()).toBytes())
                .isEqualTo(Objects.requireNonNull(sent.getData()).toBytes());
    }

    @Test
    void storesABatchAsOneRecordAnEvent() {
        byte[] batch =
                Stream.of(placed("batch-1"), placed("batch-2"), placed("batch-3"))
                        .map(event -> new String(new JsonFormat().serialize(event.build()), UTF_8))
                        .collect(Collectors.joining(",", "[", "]"))
                        .getBytes(UTF_8);

        Answer answer =
                post(
                        "",
                        batch,
                        "Content-Type",
                        "application/cloudevents-batch+json; charset=utf-8");

        assertThat(answer.status()).isEqualTo(200);
        List<JsonNode> receipts = answer.body().get("records").valueStream().toList();
        assertThat(receipts.stream().map(this::stored).map(record -> record.value().getId()))
                .containsExactly("batch-1", "batch-2", "batch-3");
    }

    @Test
    void storesHeadersDecodedAndDataUntouched() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xFF};

        Answer answer =
                post(
                        "?topic=" + DOORS,
                        png,
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "\"quoted id\"",
                        "ce-source",
                        "/doors%2F1",
                        "ce-type",
                        "door.photographed",
                        "CE-Subject",
                        "T%c3%bcr%20%E2%82%AC%20100%25",
                        "Content-Type",
                        "image/png");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("eventId").stringValue()).isEqualTo("quoted id");
        ConsumerRecord<String, CloudEvent> record = stored(answer.body());
        assertThat(headers(record))
                .containsOnly(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", "quoted id"),
                        Map.entry("ce_source", "/doors/1"),
                        Map.entry("ce_type", "door.photographed"),
                        Map.entry("ce_subject", "Tür € 100%"),
                        Map.entry("content-type", "image/png"));
        assertThat(Objects.requireNonNull(record.value().getData()).toBytes()).isEqualTo(png);
        assertThat(record.key()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=b",
                "text/plain; charset=iso-8859-1",
                "application/xml"
            })
    void leavesDataOfAnyMediaTypeAlone(String mediaType) {
        byte[] data = "topic=elsewhere&a=b".getBytes(UTF_8);
        CloudEvent event =
                CloudEventBuilder.v1()
                        .withId("any")
                        .withSource(URI.create("/doors"))
                        .withType("door.opened")
                        .withData(mediaType, data)
                        .build();

        Answer answer = service.exchange(bySdk("?topic=" + DOORS, event, false));

        assertThat(answer.status()).isEqualTo(200);
        CloudEvent read = stored(answer.body()).value();
        assertThat(Objects.requireNonNull(read.getData()).toBytes()).isEqualTo(data);
        assertThat(read.getDataContentType()).isEqualTo(mediaType);
    }

    private static String opened(String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"o\",\"source\":\"/doors\",\"type\":\"door.opened\""
                + more
                + "}";
    }

    private ConsumerRecord<String, CloudEvent> opened(
            String query, String more, String... headers) {
        String[] all =
                Stream.concat(
                                Stream.of("Content-Type", "application/cloudevents+json"),
                                Stream.of(headers))
                        .toArray(String[]::new);
        Answer answer = post(query, opened(more).getBytes(UTF_8), all);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return stored(answer.body());
    }

    @Test
    void namesTheMediaTypeThatTheJsonFormatImplies() {
        ConsumerRecord<String, CloudEvent> record =
                opened("?topic=" + DOORS, ",\"data\": {\"price\": 1.50}");

        assertThat(headers(record)).containsEntry("content-type", "application/json");
        assertThat(Objects.requireNonNull(record.value().getData()).toBytes())
                .isEqualTo("{\"price\": 1.50}".getBytes(UTF_8));
    }

    @Test
    void storesDataThatIsNullAsTheTextOfIt() {
        ConsumerRecord<String, CloudEvent> record = opened("?topic=" + DOORS, ",\"data\":null");

        assertThat(Objects.requireNonNull(record.value().getData()).toBytes())
                .isEqualTo("null".getBytes(UTF_8));
    }

    @Test
    void mapsThePartitionKeyOnRequestOnlyAndKeepsItInTheEvent() {
        String event = ",\"data\":1,\"partitionkey\":\"door 1\"";

        assertThat(opened("?topic=" + DOORS, event).key()).isNull();
        ConsumerRecord<String, CloudEvent> mapped =
                opened("?topic=" + DOORS + "&key-mapper=partitionkey", event);
        assertThat(mapped.key()).isEqualTo("door 1");
        assertThat(mapped.value().getExtension("partitionkey")).isEqualTo("door 1");
    }

    @Test
    void doesNotPutTheKeyOfTheRequestIntoTheEvent() {
        ConsumerRecord<String, CloudEvent> record =
                opened("?topic=" + DOORS + "&key=door+1", ",\"data\":1");

        assertThat(record.key()).isEqualTo("door 1");
        assertThat(record.value().getExtensionNames()).isEmpty();
    }

    @Test
    void storesAnEventWithoutDataAsATombstoneOfACompactedTopic() {
        ConsumerRecord<String, CloudEvent> record =
                opened("?topic=" + DOOR_STATES + "&key=door-1", "");

        assertThat(record.serializedValueSize()).isEqualTo(-1);
        assertThat(record.key()).isEqualTo("door-1");
        assertThat(headers(record)).containsEntry("ce_id", "o").doesNotContainKey("content-type");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storesTheWholeEventInTheValueOnRequest(boolean structured) {
        CloudEvent sent =
                CloudEventBuilder.v1()
                        .withId("whole-" + structured)
                        .withSource(URI.create("/doors"))
                        .withType("door.opened")
                        .withExtension("sequence", "7")
                        .withData("application/json", "{\"by\": 2}".getBytes(UTF_8))
                        .build();

        Answer answer =
                service.exchange(
                        bySdk("?topic=" + DOORS + "&content-mode=structured", sent, structured));

        assertThat(answer.status()).isEqualTo(200);
        ConsumerRecord<String, CloudEvent> record = stored(answer.body());
        assertThat(headers(record))
                .containsEntry("content-type", "application/cloudevents+json; charset=UTF-8")
                .containsEntry("ce_id", "whole-" + structured);
        CloudEvent read = record.value();
        assertThat(read.getId()).isEqualTo(sent.getId());
        assertThat(read.getExtension("sequence")).isEqualTo("7");
        assertThat(new String(Objects.requireNonNull(read.getData()).toBytes(), UTF_8))
                .isEqualToIgnoringWhitespace("{\"by\":2}");
    }

    @Test
    void storesAnEventWithoutDataWholeWhereATombstoneMeansNothing() {
        ConsumerRecord<String, CloudEvent> record =
                opened("?topic=" + DOORS + "&content-mode=structured", "");

        assertThat(record.value().getType()).isEqualTo("door.opened");
        assertThat(record.value().getData()).isNull();
    }

    @Test
    void refusesAnEventWithoutKeyOnACompactedTopic() {
        Answer answer =
                post(
                        "?topic=" + DOOR_STATES,
                        opened(",\"data\":1").getBytes(UTF_8),
                        "Content-Type",
                        "application/cloudevents+json");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/pointer").stringValue()).isEqualTo("#/partitionkey");
    }

    @Test
    void tellsTheTraceOfTheHopFromTheTraceInTheEvent() {
        String extension = ",\"data\":1,\"traceparent\":\"" + START + "\"";

        assertThat(headers(opened("?topic=" + DOORS, extension, "traceparent", HOP)))
                .containsEntry("traceparent", HOP)
                .containsEntry("ce_traceparent", START);
        assertThat(headers(opened("?topic=" + DOORS, extension)))
                .containsEntry("traceparent", START)
                .containsEntry("ce_traceparent", START);
        assertThat(headers(opened("?topic=" + DOORS, ",\"data\":1")))
                .doesNotContainKeys("traceparent", "ce_traceparent");
    }

    @Test
    void takesEventsOfMoreThan64KiB() {
        String text = "x".repeat(70 * 1024);

        assertThat(
                        Objects.requireNonNull(
                                        opened("?topic=" + DOORS, ",\"data\":\"" + text + "\"")
                                                .value()
                                                .getData())
                                .toBytes())
                .hasSize(text.length() + 2);
    }

    @Test
    void sendsNothingOfABatchInWhichOneEventIsWrong() {
        long before = topics.read(DOORS).size();

        Answer answer =
                post(
                        "?topic=" + DOORS,
                        ("[" + opened(",\"data\":1") + "," + opened(",\"time\":\"now\"") + "]")
                                .getBytes(UTF_8),
                        "Content-Type",
                        "application/cloudevents-batch+json");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/pointer").stringValue()).isEqualTo("#/1/time");
        // What was sent before this event lies before it: so the first of the batch would be there.
        opened("?topic=" + DOORS, ",\"data\":2");
        assertThat(topics.read(DOORS)).hasSize((int) before + 1);
    }
}
