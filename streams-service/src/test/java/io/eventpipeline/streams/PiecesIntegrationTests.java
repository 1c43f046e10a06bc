package io.eventpipeline.streams;

import static io.eventpipeline.streams.RunningService.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.commerce.PaymentId;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.ops.HostName;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.web.PageViewed;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every piece but the shipments on a real broker, and what can be asked of them over REST. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PiecesIntegrationTests {

    /** The beginning of a window, long enough ago that three hours after it are past. */
    private final Instant noon =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(4));

    private final String environment = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private RunningService service;
    private RunningService.Topics topics;

    @SuppressWarnings("NullAway.Init") // JUnit starts the service first.
    PiecesIntegrationTests() {}

    @BeforeAll
    void start(@TempDir Path folder) {
        String bootstrapServers = SharedCluster.kafka().bootstrapServers();
        service =
                RunningService.start(
                                bootstrapServers, environment, folder, RunningService.freePort())
                        .ready();
        topics = new RunningService.Topics(bootstrapServers, environment);
    }

    @AfterAll
    void stop() {
        topics.close();
        service.close();
    }

    @Test
    @DisplayName("E4 windows")
    void countsPageViewsAndTellsWhatIsFinal() {
        view("/home", 0);
        view("/home", 60);
        await("interim counts").until(() -> counts("tumbling").toString().contains("\"count\":2"));
        assertThat(counts("tumbling").toString())
                .isEqualTo(
                        "[{\"from\":\"%s\",\"to\":\"%s\",\"count\":2,\"final\":false}]"
                                .formatted(noon, noon.plusSeconds(300)));
        assertThat(counts("session").get(0).get("count").intValue()).isEqualTo(2);

        view("/home", 3_600);
        await("final counts").until(() -> counts("tumbling").toString().contains("true"));
        assertThat(counts("hopping").size()).isEqualTo(6);
        assertThat(counts("sliding").get(0).get("final").booleanValue()).isTrue();
        await("the final count in its topic")
                .until(() ->
                        topics
                                .committed(
                                        PipelineTopic.PAGE_COUNTS,
                                        "/home|tumbling|%s|%s"
                                                .formatted(noon, noon.plusSeconds(300)))
                                .stream()
                                .anyMatch(record ->
                                        new String(record.value(), UTF_8)
                                                .contains("\"final\":true")));
    }

    @Test
    void saysWhichWindowsThereAre() {
        HttpResponse<String> answer = service.get("/pages/home/counts?window=round");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("tumbling, hopping, sliding, session");
    }

    @Test
    void hasNoCountsOfAPageThatNobodySaw() {
        assertThat(service.get("/pages/nothing/counts").body()).isEqualTo("[]");
    }

    @Test
    @DisplayName("E5 a queryable store")
    void tellsTotalsAtAMoment() {
        topics.send(PipelineTopic.ORDER_PLACED, ordered("o-1", "lamp"), "e-1");
        topics.send(PipelineTopic.ORDER_PLACED, ordered("o-2", "vase"), "e-2");
        await("both orders").until(() -> body("/totals/zoe").contains("\"orders\":2"));

        assertThat(body("/totals/zoe?sku=lamp"))
                .isEqualTo(
                        """
                        {"customer":"zoe","sku":"lamp","since":"%s",\
                        "orders":1,"quantity":2,"amounts":{"EUR":24.95}}\
                        """
                                .formatted(noon));
        assertThat(body("/totals/zoe?at=" + noon)).contains("\"orders\":2");
        assertThat(service.get("/totals/zoe?at=" + noon.minusSeconds(1)).statusCode())
                .isIn(400, 404);
        assertThat(service.get("/totals/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("E1 filter")
    void filtersLinesByLength() {
        topics.sendRaw(PipelineTopic.LOG_LINE, "k", "short".getBytes(UTF_8));
        topics.sendRaw(PipelineTopic.LOG_LINE, "k", "longer".getBytes(UTF_8));

        await("the longer line")
                .until(() -> topics.committed(PipelineTopic.LOG_LINE_FILTERED, "k").size() == 1);
        assertThat(topics.committed(PipelineTopic.LOG_LINE_FILTERED, "k").getFirst().value())
                .asString(UTF_8)
                .isEqualTo("longer");
    }

    @Test
    @DisplayName("E6 target topic by value")
    void raisesAlertsInTheTopicOfTheirSeverity() {
        topics.send(
                PipelineTopic.SERVER_MEASURED,
                new ServerMeasured(new HostName("web-1"), 0.99, 1, 100, Instant.now()),
                "m-1");

        await("a critical alert")
                .until(() ->
                        topics.committed(PipelineTopic.SERVER_ALERT_CRITICAL, "web-1").size() == 1);
    }

    @Test
    void reportsAPaymentThatHasNoOrder() {
        pay("p-1", "none", 0);
        // Later pairs in every partition let its time pass.
        for (int i = 0; i < 50; i++) {
            pay("later-" + i, "later-" + i, 2 * 3_600);
        }

        await("the report")
                .until(() -> {
                    for (int i = 0; i < 6; i++) {
                        pay("clock-" + UUID.randomUUID(), "clock-" + UUID.randomUUID(), 3 * 3_600);
                    }
                    List<ConsumerRecord<String, byte[]>> reports =
                            topics.committed(PipelineTopic.PAYMENT_UNMATCHED, "yan");
                    return reports.stream()
                            .anyMatch(report ->
                                    new String(report.value(), UTF_8).contains("\"p-1\""));
                });
    }

    private void view(String page, int second) {
        topics.send(
                PipelineTopic.PAGE_VIEWED,
                new PageViewed(page, "v", noon.plusSeconds(second)),
                UUID.randomUUID().toString());
    }

    private void pay(String payment, String order, int second) {
        topics.send(
                PipelineTopic.PAYMENT_CAPTURED,
                new PaymentCaptured(
                        new PaymentId(payment),
                        new OrderId(order),
                        new CustomerId("yan"),
                        new BigDecimal("5.00"),
                        Currency.getInstance("EUR"),
                        noon.plusSeconds(second)),
                payment);
    }

    private OrderPlaced ordered(String id, String sku) {
        return ordered(id, "zoe", sku);
    }

    private OrderPlaced ordered(String id, String customer, String sku) {
        return new OrderPlaced(
                new OrderId(id),
                new CustomerId(customer),
                new Sku(sku),
                2,
                new BigDecimal("24.95"),
                Currency.getInstance("EUR"),
                noon);
    }

    private JsonNode counts(String window) {
        return EventJson.mapper()
                .readTree(
                        body(
                                "/pages/%%2Fhome/counts?window=%s&from=%s&to=%s"
                                        .formatted(
                                                window,
                                                noon.minus(Duration.ofHours(1)),
                                                noon.plus(Duration.ofMinutes(30)))));
    }

    private String body(String path) {
        return service.get(path).body();
    }

    @Test
    @DisplayName("E7 the topology can be shown")
    void showsTheTopologyAsTextAsJsonAndAsAPicture() throws Exception {
        assertThat(service.get("/topology", "text/plain").body()).startsWith("Topologies:");
        assertThat(service.get("/topology", "application/json").body())
                .contains("\"name\":\"page-counts-sink\",\"kind\":\"sink\"");
        HttpResponse<String> picture = service.get("/topology", "image/svg+xml");
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
        Files.writeString(Path.of("target/topology.svg"), picture.body());
        assertThat(picture.body()).startsWith("<svg").contains(">▤ page-counts-tumbling<");
    }

    @Test
    @DisplayName("E5 a table read by key and as a whole")
    void readsAnyStoreByKeyAndAsAWhole() {
        topics.send(
                PipelineTopic.SERVER_MEASURED,
                new ServerMeasured(new HostName("db-1"), 0.2, 1, 100, Instant.now()),
                "m-2");
        topics.send(PipelineTopic.PRODUCT_LISTED, Shop.product("mug"), "p-1");
        view("/wiki", 3_600);

        await("a host").until(() -> body("/stores/server-alerts-hosts/db-1").contains("db-1"));
        await("a product").until(() -> body("/stores/products").contains("A fine mug"));
        await("a window")
                .until(() -> body("/stores/page-counts-tumbling/%2Fwiki").contains("\"value\":1"));
        assertThat(body("/stores")).contains("\"name\":\"order-totals\"", "versioned-table");
        assertThat(body("/stores/server-alerts-hosts"))
                .contains("\"key\":\"db-1\"", "\"partitions\":3", "\"missing\":[]");
        assertThat(
                        body(
                                "/stores/page-counts-tumbling?from=%s&to=%s"
                                        .formatted(
                                                noon.plusSeconds(3_600), noon.plusSeconds(3_601))))
                .contains("\"key\":\"/wiki\"");
        assertThat(service.get("/stores/server-alerts-hosts/nobody").statusCode()).isEqualTo(404);
        assertThat(service.get("/stores/nothing").body()).contains("server-alerts-hosts");
        assertThat(service.get("/stores/order-totals").statusCode()).isEqualTo(409);
        assertThat(service.get("/stores/products?limit=0").statusCode()).isEqualTo(400);
        assertThat(body("/stores/products?prefix=mu")).contains("\"key\":\"mug\"");
        assertThat(body("/stores/products?prefix=vase")).contains("\"entries\":[]");
        await("a session")
                .until(() -> body("/stores/page-counts-session?from=" + noon).contains("/wiki"));
    }

    @Test
    void readsTimesOfAnyZoneAndSaysWhatCannotBeRead() {
        topics.send(PipelineTopic.ORDER_PLACED, ordered("o-3", "yara", "bowl"), "e-3");
        String inIndia = noon.atOffset(ZoneOffset.ofHoursMinutes(5, 30)).toString();

        await("the total at noon")
                .until(() ->
                        body("/totals/yara?sku=bowl&at=" + inIndia).contains("\"at\":\"" + noon));
        await("the version that held then")
                .until(() ->
                        body("/stores/order-totals/yara?from=" + noon)
                                .contains("\"since\":\"" + noon));
        for (String path :
                List.of(
                        "/totals/zoe?at=noon",
                        "/pages/home/counts?from=noon",
                        "/stores/page-counts-tumbling?to=noon",
                        "/stores/page-counts-tumbling/home?from=noon")) {
            HttpResponse<String> refused = service.get(path);
            assertThat(refused.statusCode()).as(path).isEqualTo(400);
            assertThat(refused.body()).contains("time with its offset", "'noon'");
        }
        assertThat(body("/stores/products?from=" + noon)).contains("one value a key");
        assertThat(body("/stores/products?maxStaleness=PT1S")).contains("cannot be promised");
        assertThat(body("/totals/zoe?maxStaleness=10")).contains("ISO-8601 duration");
        assertThat(body("/stores/products?after=mug")).contains("said as next");
    }
}
