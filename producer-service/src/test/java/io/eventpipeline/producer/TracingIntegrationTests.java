package io.eventpipeline.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.producer.Service.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trace goes from the sender through the service into the record: each step is a span of its own,
 * told to a collector. On a real broker, with a collector that only keeps what it gets.
 */
class TracingIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String ORDER =
            "{\"orderId\":\"%s\",\"customer\":\"alice\",\"sku\":\"lamp\",\"quantity\":2,"
                + "\"amount\":49.90,\"currency\":\"EUR\",\"placedAt\":\"2026-11-01T12:00:00Z\"}";

    private static final Queue<String> EXPORTED = new ConcurrentLinkedQueue<>();

    private static HttpServer collector;
    private static Service service;
    private static String brokers;

    @BeforeAll
    static void start() throws Exception {
        collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext(
                "/v1/traces",
                exchange -> {
                    EXPORTED.add(
                            HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes()));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.start();
        brokers = SharedCluster.kafka().bootstrapServers();
        service =
                Service.on(
                        brokers,
                        "pipeline.environment=tracing",
                        "pipeline.tracing.endpoint=http://localhost:"
                                + collector.getAddress().getPort()
                                + "/v1/traces",
                        "management.tracing.sampling.probability=0",
                        "management.opentelemetry.tracing.export.schedule-delay=100ms");
        await().atMost(READY).until(service::isReady);
    }

    @AfterAll
    static void stop() {
        service.close();
        collector.stop(0);
    }

    private static Map<String, String> headersOf(JsonNode receipt) {
        TopicPartition partition =
                new TopicPartition(
                        receipt.get("topic").stringValue(), receipt.get("partition").intValue());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, receipt.get("offset").longValue());
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            await().atMost(READY)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                        return !found.isEmpty();
                    });
            Map<String, String> headers = new HashMap<>();
            found.getFirst()
                    .headers()
                    .forEach(
                            header -> headers.put(header.key(), new String(header.value(), UTF_8)));
            return headers;
        }
    }

    /** The id of the span that a record carries on, which has to belong to that trace. */
    private static String spanOf(JsonNode receipt, String trace) {
        String traceparent =
                Objects.requireNonNull(headersOf(receipt).get("traceparent"), "traceparent");
        assertThat(traceparent).matches("00-" + trace + "-[0-9a-f]{16}-01");
        return traceparent.substring(36, 52);
    }

    /** The collector got both: the span of the record, and one whose parent is the caller's. */
    private static void assertExported(String trace, String span) {
        assertThat(span).isNotEqualTo(CALLER);
        await().atMost(READY)
                .untilAsserted(() -> {
                    String all = String.join("", EXPORTED);
                    assertThat(all).contains(trace).contains(span).contains(CALLER);
                });
    }

    private static Answer post(String path, String body, String trace) {
        return service.post(
                path,
                body,
                "traceparent",
                "00-" + trace + "-" + CALLER + "-01",
                "tracestate",
                "vendor=1");
    }

    @Test
    void continuesTheSendersTraceIntoTheRecord() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4701";

        Answer answer = post("/orders", ORDER.formatted("o-1"), trace);

        assertThat(answer.status()).isEqualTo(200);
        assertExported(trace, spanOf(answer.body(), trace));
        assertThat(headersOf(answer.body())).containsEntry("tracestate", "vendor=1");
    }

    @Test
    void continuesItThroughATransaction() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4702";
        String payment =
                "{\"paymentId\":\"p-2\",\"orderId\":\"o-2\",\"customer\":\"alice\","
                        + "\"amount\":49.90,\"currency\":\"EUR\","
                        + "\"capturedAt\":\"2026-11-01T12:00:01Z\"}";

        Answer answer =
                post(
                        "/checkouts",
                        "{\"order\":" + ORDER.formatted("o-2") + ",\"payment\":" + payment + "}",
                        trace);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        for (JsonNode receipt : answer.body().get("records")) {
            assertExported(trace, spanOf(receipt, trace));
        }
    }

    @Test
    void continuesItIntoEachLineOfAStream() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4703";

        Answer answer =
                service.exchange(
                        HttpRequest.newBuilder(service.uri("/topics/ops.log.tracing.line/records"))
                                .header("Content-Type", "application/x-ndjson")
                                .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"value\":\"1\"}\n{\"value\":\"2\"}\n")));

        List<String> spans =
                answer.response()
                        .body()
                        .lines()
                        .map(JsonMapper.shared()::readTree)
                        .map(receipt -> spanOf(receipt, trace))
                        .toList();
        assertThat(spans).hasSize(2).doesNotHaveDuplicates();
        spans.forEach(span -> assertExported(trace, span));
    }

    @Test
    void beginsATraceThatIsNotSampledAndSaysSo() {
        Answer answer = service.post("/orders", ORDER.formatted("o-4"));

        assertThat(headersOf(answer.body()).get("traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")
                .satisfies(traceparent ->
                        assertThat(String.join("", EXPORTED))
                                .doesNotContain(traceparent.substring(3, 35)));
    }

    @Test
    void namesTheTraceInAProblem() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4705";

        assertThat(post("/orders", "{}", trace).body().get("traceId").asString()).isEqualTo(trace);
        assertThat(service.post("/orders", "{}").body().has("traceId")).isFalse();
    }

    @Test
    void givesAnExampleOfATraceToTheHistogram() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4706";
        post("/orders", ORDER.formatted("o-6"), trace);

        await().atMost(READY)
                .untilAsserted(() ->
                        assertThat(
                                        service.exchange(
                                                        HttpRequest.newBuilder(
                                                                        service.uri(
                                                                                "/actuator/prometheus"))
                                                                .header(
                                                                        "Accept",
                                                                        "application/openmetrics-text;version=1.0.0"))
                                                .response()
                                                .body())
                                .contains("trace_id=\"4bf92f3577b34da6a3ce929d0e0e47"));
    }
}
