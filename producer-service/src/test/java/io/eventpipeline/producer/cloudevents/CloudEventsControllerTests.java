package io.eventpipeline.producer.cloudevents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.ProducerServiceApplication;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * Every bad event gets its own answer, and a good one is told that Kafka is away, which it is here:
 * so nothing that is wrong is hidden by it, and nothing good is refused.
 */
@SpringBootTest(
        classes = ProducerServiceApplication.class,
        properties = {
            "spring.kafka.bootstrap-servers=localhost:1",
            "pipeline.producer.intake.max-events=3",
            "pipeline.producer.cloudevents.webhook-origins=emitter.example,Other.example"
        })
@AutoConfigureMockMvc
class CloudEventsControllerTests {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCHED = "application/cloudevents-batch+json";
    private static final String PLACED = "io.eventpipeline.order.placed.v1";
    private static final String ORDER =
            """
            {"orderId":"o-1","customer":"alice","sku":"lamp","quantity":2,"amount":49.90,\
            "currency":"EUR","placedAt":"2026-11-01T12:00:00Z"}\
            """;

    @Autowired private MockMvcTester mvc;

    private static String event(String type, String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/shop\",\"type\":\"%s\"%s}"
                .formatted(type, more);
    }

    private static String placed(String more) {
        return event(PLACED, ",\"data\":" + ORDER + more);
    }

    private MvcTestResult post(String contentType, byte[] body) {
        return mvc.post().uri("/events").contentType(contentType).content(body).exchange();
    }

    private MvcTestResult structured(String body) {
        return post(STRUCTURED, body.getBytes(UTF_8));
    }

    private MvcTestResult batched(String body) {
        return post(BATCHED, body.getBytes(UTF_8));
    }

    private MvcTestResult binary(String type, String header, String value, String body) {
        return mvc.post()
                .uri("/events")
                .header("ce-specversion", "1.0")
                .header("ce-id", "e-1")
                .header("ce-source", "/shop")
                .header("ce-type", type)
                .header(header, value)
                .content(body.getBytes(UTF_8))
                .exchange();
    }

    private static void assertUnavailable(MvcTestResult result) {
        assertThat(result)
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .hasContentType("application/problem+json")
                .containsHeader("Retry-After")
                .bodyJson()
                .extractingPath("$.eventId")
                .isEqualTo("e-1");
    }

    private static void assertWrong(MvcTestResult result, String... pointers) {
        assertThat(result)
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .hasContentType("application/problem+json")
                .bodyJson()
                .extractingPath("$.errors[*].pointer")
                .asArray()
                .containsExactly((Object[]) pointers);
    }

    @Test
    void takesGoodEventsInEveryMode() {
        assertUnavailable(structured(placed("")));
        assertUnavailable(
                post("Application/CloudEvents+JSON; charset=UTF-8", placed("").getBytes(UTF_8)));
        assertUnavailable(binary(PLACED, "Content-Type", "application/json", ORDER));
        assertUnavailable(structured("\uFEFF" + placed("")));
        assertThat(batched("[" + placed("") + "," + placed("") + "]"))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .containsHeader("Retry-After")
                .bodyJson()
                .extractingPath("$.records[*].outcome")
                .asArray()
                .containsExactly("not_written", "not_written");
    }

    @Test
    void answersAnEmptyBatchWithAnEmptyList() {
        assertThat(batched(" [ ] "))
                .hasStatusOk()
                .hasContentType("application/json")
                .bodyJson()
                .isStrictlyEqualTo("{\"records\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "application/cloudevents",
                "application/cloudevents+avro",
                "application/cloudevents-batch",
                "application/cloudevents-batch+avro",
                "application/cloudevents+json; charset=iso-8859-1",
                "application/cloudevents+json; charset=nobody"
            })
    void says415ToWhatItDoesNotUnderstand(String contentType) {
        assertThat(post(contentType, placed("").getBytes(UTF_8)))
                .hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                .hasContentType("application/problem+json")
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("https://eventpipeline.io/problems/unsupported-media-type");
    }

    @Test
    void namesTheMediaTypesThatItUnderstands() {
        assertThat(post("application/json", placed("").getBytes(UTF_8)))
                .hasHeader("Accept", STRUCTURED + ", " + BATCHED);
    }

    @ParameterizedTest
    @CsvSource({
        "ce-datacontenttype, application/json",
        "ce-subject, %C0%A0",
        "ce-subject, 50%",
        "ce-my-extension, x",
        "ce-id, e-2"
    })
    void says400ToHeadersThatBreakTheBinding(String header, String value) {
        assertThat(binary(PLACED, header, value, ORDER))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("https://eventpipeline.io/problems/invalid-parameter");
    }

    @Test
    void namesTheRequiredHeadersThatAreMissing() {
        assertWrong(
                mvc.post().uri("/events").header("ce-id", "e-1").content("x").exchange(),
                "#/source",
                "#/specversion",
                "#/type");
    }

    @Test
    void checksDataAsTheTypesOwnDoorDoes() {
        String wrong = ORDER.replace("\"quantity\":2", "\"quantity\":0,\"qty\":2");

        assertWrong(
                structured(event(PLACED, ",\"data\":" + wrong)), "#/data/quantity", "#/data/qty");
        assertWrong(
                binary(PLACED, "Content-Type", "application/json", wrong),
                "#/data/quantity",
                "#/data/qty");
        assertWrong(
                structured(
                        event(
                                "io.eventpipeline.page.viewed.v1",
                                ",\"data\":{\"page\":\"/\",\"visitor\":\"v\","
                                        + "\"viewedAt\":\"2999-01-01T00:00:00Z\"}")),
                "#/data/viewedAt");
    }

    @Test
    void refusesAWholeBatchForAnyEventAndNamesItsPlace() {
        assertWrong(
                batched(
                        "["
                                + placed("")
                                + ","
                                + placed("").replace("\"1.0\"", "\"0.3\"")
                                + ","
                                + event(PLACED, ",\"data\":{}").replace("e-1", "")
                                + "]"),
                "#/1/specversion",
                "#/2/id");
        assertWrong(
                batched("[5," + placed(",\"partitionkey\":\"bob\"") + "]"),
                "#/0",
                "#/1/partitionkey");
    }

    @Test
    void refusesABatchWithMoreEventsThanItAdvertises() {
        String four = "[" + String.join(",", placed(""), "{}", "{}", "{}") + "]";

        assertThat(batched(four))
                .hasStatus(HttpStatus.CONTENT_TOO_LARGE)
                .bodyJson()
                .extractingPath("$.limit")
                .isEqualTo(3);
    }

    @Test
    void refusesWhatIsNoBatch() {
        assertWrong(batched(placed("")), "#");
        assertWrong(structured("[" + placed("") + "]"), "#");
    }

    static Stream<Arguments> malformedBodies() {
        return Stream.of(
                Arguments.of(STRUCTURED, new byte[0]),
                Arguments.of(STRUCTURED, "{".getBytes(UTF_8)),
                Arguments.of(STRUCTURED, placed("").getBytes(UTF_16)),
                Arguments.of(STRUCTURED, placed(",\"ext\":\"é\"").getBytes(ISO_8859_1)),
                Arguments.of(BATCHED, "[{}".getBytes(UTF_8)),
                Arguments.of(BATCHED, "[{\"id\":1,\"id\":2}]".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("malformedBodies")
    void says400ToWhatIsNoJsonInUtf8(String contentType, byte[] body) {
        assertThat(post(contentType, body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("https://eventpipeline.io/problems/malformed-body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ,"data":5,"datacontenttype":"application/xml" | #/data
                    ,"data":"<x/>","datacontenttype":"application/xml" | #/datacontenttype
                    ,"data_base64":"/w==" | #/data
                    ,"data":"text" | #/data
                    ,"data":null | #/data
                    ,"subject":"no data" | #/data
                    """)
    void refusesDataThatATypeOfTheCatalogueCannotHave(String more, String pointer) {
        assertWrong(structured(event(PLACED, more)), pointer);
    }

    @Test
    void takesAPartitionKeyThatIsTheKey() {
        assertUnavailable(structured(placed(",\"partitionkey\":\"alice\"")));
        assertWrong(structured(placed(",\"partitionkey\":\"bob\"")), "#/partitionkey");
    }

    @Test
    void refusesAnIdentityThatNoTableCanBeUniqueOn() {
        String longest = "é".repeat(500);

        assertThat(structured(placed("").replace("e-1", longest)))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
        assertWrong(structured(placed("").replace("e-1", longest + "x")), "#/id");
        assertWrong(structured(placed("").replace("/shop", "/" + "x".repeat(1_000))), "#/source");
    }

    @Test
    void namesTheTypesThatHaveATopic() {
        assertThat(structured(event("shop.opened", "")))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyJson()
                .extractingPath("$.errors[0].detail")
                .asString()
                .contains(PLACED, "io.eventpipeline.server.measured.v1")
                .doesNotContain("shipment");
        assertWrong(structured(event("io.eventpipeline.shipment.requested.v1", "")), "#/type");
    }

    @ParameterizedTest
    @CsvSource({
        "topic=no.such.topic, 404",
        "topic=commerce.order.dev.placed-dlt, 404",
        "topic=commerce.shipping.dev.requested, 404",
        "topic=commerce.payment.dev.captured, 422",
        "topic=commerce.order.dev.placed, 503",
        "topic=, 404",
        "key=alice, 503",
        "key=bob, 400",
        "key-mapper=partitionkey, 503",
        "key-mapper=subject, 400",
        "key-mapper=partitionkey&key=alice, 400",
        "content-mode=binary, 503",
        "content-mode=structured, 422",
        "content-mode=other, 400",
        "Topic=x, 400",
        "topic=a&topic=b, 400",
        "access_token=secret, 503"
    })
    void readsTheQuery(String query, int status) {
        assertThat(
                        mvc.post()
                                .uri(URI.create("/events?" + query))
                                .contentType(STRUCTURED)
                                .content(placed(""))
                                .exchange())
                .hasStatus(status);
    }

    @Test
    void refusesOtherTypesOnATopicWithAType() {
        assertWrong(
                mvc.post()
                        .uri("/events?topic=commerce.order.dev.placed")
                        .contentType(STRUCTURED)
                        .content(event("shop.opened", ",\"data\":1"))
                        .exchange(),
                "#/type");
    }

    @Test
    void takesAnyTypeOnATopicWithout() {
        assertUnavailable(
                mvc.post()
                        .uri("/events?topic=ops.log.dev.line")
                        .contentType(STRUCTURED)
                        .content(event("shop.opened", ",\"data\":1"))
                        .exchange());
    }

    @Test
    void refusesTheTombstoneOfATopicThatIsNotCompacted() {
        assertWrong(
                mvc.post()
                        .uri("/events?topic=ops.log.dev.line")
                        .contentType(STRUCTURED)
                        .content(event("shop.opened", ""))
                        .exchange(),
                "#/data");
    }

    @Test
    void allowsOnlyPostAndOptions() {
        MvcTestResult result = mvc.get().uri("/events").exchange();

        assertThat(result).hasStatus(HttpStatus.METHOD_NOT_ALLOWED);
        assertThat(String.valueOf(result.getResponse().getHeader("Allow")).split(", *"))
                .containsExactlyInAnyOrder("POST", "OPTIONS");
    }

    @Test
    void advertisesBatchesAndTheirLimits() {
        assertThat(mvc.options().uri("/events").exchange())
                .hasStatusOk()
                .hasHeader("Allow", "POST,OPTIONS")
                .hasHeader("Accept-Post", STRUCTURED + ", " + BATCHED + ", */*")
                .doesNotContainHeader("WebHook-Allowed-Origin")
                .doesNotContainHeader("WebHook-Allowed-Rate")
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"specversions":["1.0"],"modes":["binary","structured","batched"],
                         "mediaTypes":["application/cloudevents+json","application/cloudevents-batch+json"],
                         "maxBatchEvents":3,"maxBodyBytes":5242880}
                        """);
    }

    @Test
    void saysYesToAWebhookSenderItKnows() {
        assertThat(
                        mvc.options()
                                .uri("/events")
                                .header("WebHook-Request-Origin", "emitter.example")
                                .header("WebHook-Request-Rate", "120")
                                .exchange())
                .hasStatusOk()
                .hasHeader("Allow", "POST,OPTIONS")
                .hasHeader("WebHook-Allowed-Origin", "emitter.example")
                .hasHeader("WebHook-Allowed-Rate", "*");
        assertThat(
                        mvc.options()
                                .uri("/events")
                                .header("WebHook-Request-Origin", "other.EXAMPLE")
                                .exchange())
                .hasHeader("WebHook-Allowed-Origin", "other.EXAMPLE");
    }

    @Test
    void saysNothingToAWebhookSenderItDoesNotKnow() {
        assertThat(
                        mvc.options()
                                .uri("/events")
                                .header("WebHook-Request-Origin", "stranger.example")
                                .header("WebHook-Request-Rate", "120")
                                .exchange())
                .hasHeader("Allow", "POST,OPTIONS")
                .doesNotContainHeader("WebHook-Allowed-Origin")
                .doesNotContainHeader("WebHook-Allowed-Rate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "many"})
    void says400ToAWebhookRateThatIsNone(String rate) {
        assertThat(
                        mvc.options()
                                .uri("/events")
                                .header("WebHook-Request-Origin", "emitter.example")
                                .header("WebHook-Request-Rate", rate)
                                .exchange())
                .hasStatus(HttpStatus.BAD_REQUEST);
    }
}
