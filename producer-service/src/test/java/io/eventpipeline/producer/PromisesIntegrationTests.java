package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.placedBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.producer.Service.Answer;
import io.eventpipeline.producer.schemas.OpenApiContract;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What is promised beside the events themselves, on a real broker: answers are as the OpenAPI
 * document has them, lines of a log are stored as sent, the topics are told as the cluster has
 * them, and the metrics that an operator is told of are there.
 */
class PromisesIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String ENVIRONMENT = "promises";
    private static final Path PAGE = Path.of("..", "docs", "producing.md");

    /** The first cell of a row that names one. */
    private static final Pattern METRIC =
            Pattern.compile("^\\| `((?:pipeline|kafka|http)_[a-z_]+)` \\|", Pattern.MULTILINE);

    private static Service service;
    private static OpenApiContract contract;

    @BeforeAll
    static void start() {
        service =
                Service.on(
                        SharedCluster.kafka().bootstrapServers(),
                        "pipeline.environment=" + ENVIRONMENT,
                        "pipeline.producer.topics.allowed=commerce.order."
                                + ENVIRONMENT
                                + "*,none*");
        await().atMost(READY).until(service::isReady);
        contract = new OpenApiContract(service.get("/v3/api-docs").response().body());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void assertKept(String method, String path, Answer answer) {
        contract.assertKept(
                method,
                path,
                answer.status(),
                answer.header("content-type").replaceAll(";.*", ""),
                answer.response().body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /orders    | {"orderId":"o-1","customer":"alice","sku":"lamp","quantity":2,"amount":49.90,"currency":"EUR","placedAt":"2026-11-01T12:00:00Z"}
                    /payments  | {"paymentId":"p-1","orderId":"o-1","customer":"alice","amount":49.90,"currency":"EUR","capturedAt":"2026-11-01T12:00:05Z"}
                    /page-views | {"page":"/lamps","visitor":"v-77","viewedAt":"2026-11-01T12:00:00Z"}
                    /positions | {"vehicle":"van-3","latitude":50.9375,"longitude":6.9603,"reportedAt":"2026-11-01T12:00:00Z"}
                    /server-measurements | {"host":"web-1","cpuLoad":0.25,"memoryUsedBytes":1,"memoryTotalBytes":2,"measuredAt":"2026-11-01T12:00:00Z"}
                    """)
    void answersOneEventAndSeveralAsDescribed(String path, String event) {
        for (String body : new String[] {event, "[" + event + "," + event + "]", "[]"}) {
            Answer answer = service.post(path, body);

            assertThat(answer.status()).isEqualTo(200);
            assertKept("post", path, answer);
        }
    }

    @Test
    void answersWhatThePathNamesAsDescribed() {
        Answer address =
                service.put(
                        "/customers/alice/address",
                        "{\"street\":\"Main Street 1\",\"city\":\"Berlin\","
                                + "\"postalCode\":\"10115\",\"country\":\"DE\"}");
        Answer product =
                service.put(
                        "/products/lamp",
                        "{\"name\":\"Lamp\",\"category\":\"light\",\"price\":24.95,"
                                + "\"currency\":\"EUR\"}");

        assertThat(address.status()).isEqualTo(200);
        assertKept("put", "/customers/{customer}/address", address);
        assertThat(product.status()).isEqualTo(200);
        assertKept("put", "/products/{sku}", product);
    }

    @Test
    void storesEachLineOfALogAsItWasSent() {
        Answer answer =
                service.exchange(
                        HttpRequest.newBuilder(service.uri("/log-lines"))
                                .header("Content-Type", "text/plain")
                                .header("Idempotency-Key", "log-7")
                                .POST(
                                        BodyPublishers.ofString(
                                                "GET /lamps 200\r\n\nGET /größe 404\n")));

        assertThat(answer.status()).isEqualTo(200);
        assertKept("post", "/log-lines", answer);
        assertThat(answer.body().get("records").valueStream())
                .extracting(receipt -> receipt.get("eventId").asString())
                .containsExactly("log-7/0", "log-7/1");
        assertThat(
                        new Topics(SharedCluster.kafka().bootstrapServers())
                                .read("ops.log." + ENVIRONMENT + ".line"))
                .allSatisfy(record -> assertThat(record.key()).isNull())
                .extracting(record ->
                        record.value().getDataContentType()
                                + " "
                                + new String(
                                        Objects.requireNonNull(record.value().getData()).toBytes(),
                                        UTF_8))
                .containsExactlyInAnyOrder(
                        "text/plain; charset=utf-8 GET /lamps 200",
                        "text/plain; charset=utf-8 GET /größe 404");
    }

    @Test
    void tellsTheTopicsAsTheClusterHasThem() {
        JsonNode topics = service.get("/topics").body().get("topics");

        assertThat(topics.valueStream())
                .extracting(topic -> topic.get("name").asString())
                .as("each once, and no dead letters, though the allow-list would match them")
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.endsWith("-dlt"));
        await().atMost(READY)
                .until(() ->
                        service.get("/topics/commerce.order." + ENVIRONMENT + ".placed")
                                .body()
                                .at("/limits/recordBytes")
                                .isInt());
    }

    @Test
    void showsTheMetricsThatThePageNames() throws IOException {
        service.post("/orders", placedBy(ALICE, "o-2"));
        service.post("/server-measurements", "[]");
        Set<String> shown =
                service.get("/actuator/prometheus")
                        .response()
                        .body()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceAll("[{ ].*", ""))
                        .collect(Collectors.toSet());
        List<String> named =
                METRIC.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();

        assertThat(named).isNotEmpty();
        assertThat(shown).as("metrics of %s", PAGE).containsAll(named);
    }
}
