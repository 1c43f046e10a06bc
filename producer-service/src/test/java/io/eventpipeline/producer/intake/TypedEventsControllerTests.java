package io.eventpipeline.producer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.ProducerServiceApplication;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * Every bad input gets its own answer, and a good one is told that Kafka is away, which it is here:
 * so nothing that is wrong with a body is hidden by it.
 */
@SpringBootTest(
        classes = ProducerServiceApplication.class,
        properties = {
            "spring.kafka.bootstrap-servers=localhost:1",
            "pipeline.producer.intake.max-body-size=20KB",
            "pipeline.producer.intake.max-events=3"
        })
@AutoConfigureMockMvc
class TypedEventsControllerTests {

    private static final String ALICES_ORDER =
            """
            {"orderId":"o-1","customer":"alice","sku":"lamp","quantity":2,"amount":49.90,\
            "currency":"EUR","placedAt":"2026-11-01T12:00:00Z"}\
            """;

    private static final String ALICES_ADDRESS =
            """
            {"street":"Main Street 1","city":"Berlin","postalCode":"10115","country":"DE"}\
            """;

    @Autowired private MockMvcTester mvc;

    private MvcTestResult send(HttpMethod method, String path, String body) {
        return mvc.method(method)
                .uri(path)
                .contentType("application/json")
                .content(body.getBytes(StandardCharsets.UTF_8))
                .exchange();
    }

    private MvcTestResult order(String body) {
        return send(HttpMethod.POST, "/orders", body);
    }

    @Test
    void namesEverythingThatIsWrongWithAnEvent() {
        assertThat(
                        order(
                                "{\"orderId\":\"\",\"customer\":7,\"sku\":\"lamp\",\"quantity\":0,"
                                    + "\"amount\":\"9\",\"currency\":\"Euro\",\"placedAt\":\"today\","
                                    + "\"qty\":1}"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .hasContentType("application/problem+json")
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {
                          "type": "https://eventpipeline.io/problems/invalid-event",
                          "title": "The event is not valid",
                          "status": 422,
                          "detail": "7 things are wrong with the body",
                          "instance": "/orders",
                          "retryable": false,
                          "errors": [
                            {"pointer": "#/orderId", "detail": "must not be blank"},
                            {"pointer": "#/customer", "detail": "must be a string"},
                            {"pointer": "#/quantity", "detail": "must be greater than 0"},
                            {"pointer": "#/amount", "detail": "must be a number"},
                            {"pointer": "#/currency", "detail": "must be an ISO 4217 currency code such as EUR"},
                            {"pointer": "#/placedAt", "detail": "must be an ISO-8601 instant such as 2026-11-01T12:00:00Z"},
                            {"pointer": "#/qty", "detail": "unknown field"}
                          ]
                        }
                        """);
    }

    @Test
    void namesThePlaceInAnArray() {
        assertThat(order("[%s, {}, 5]".formatted(ALICES_ORDER)))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyJson()
                .extractingPath("$.errors[*].pointer")
                .asArray()
                .containsExactly(
                        "#/1/orderId",
                        "#/1/customer",
                        "#/1/sku",
                        "#/1/quantity",
                        "#/1/amount",
                        "#/1/currency",
                        "#/1/placedAt",
                        "#/2");
    }

    @Test
    void listsNoMoreThanAHundredThingsThatAreWrong() {
        StringBuilder body = new StringBuilder("{\"x0\":0");
        for (int i = 1; i < 150; i++) {
            body.append(",\"x").append(i).append("\":0");
        }
        assertThat(order(body + "}"))
                .bodyJson()
                .extractingPath("$.errors[100].detail")
                .isEqualTo("57 more things are wrong");
    }

    static Stream<Arguments> malformedBodies() {
        return Stream.of(
                Arguments.of("", "There is no body: the request is empty"),
                Arguments.of("   ", "There is no JSON: the value is empty"),
                Arguments.of(
                        "{\"orderId\":",
                        "The value is not JSON: reading stopped at line 1, column 12"),
                Arguments.of(ALICES_ORDER + ALICES_ORDER, "There is more than one JSON value"),
                Arguments.of("[] []", "There is more than one JSON value"),
                Arguments.of("[{}", "The body is not JSON: reading stopped at line 1, column 4"),
                Arguments.of(
                        "[{\"a\":1,\"a\":2}]",
                        "The body is not JSON: reading stopped at line 1, column 12"),
                Arguments.of(
                        "{\"sku\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}",
                        "The value is nested too deeply, or has a number or name that is too"
                                + " long"));
    }

    @ParameterizedTest
    @MethodSource("malformedBodies")
    void saysWhereABodyStopsBeingJson(String body, String detail) {
        assertThat(order(body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {
                          "type": "https://eventpipeline.io/problems/malformed-body",
                          "title": "The body cannot be read",
                          "status": 400,
                          "detail": "%s",
                          "instance": "/orders",
                          "retryable": false
                        }
                        """
                                .formatted(detail));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/vnd.shop.order+json"
            })
    void takesJsonByAnyOfItsNames(String mediaType) {
        assertThat(mvc.post().uri("/orders").contentType(mediaType).content(ALICES_ORDER))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    text/plain                          | Content-Type 'text/plain' is not supported.
                    application/xml                     | Content-Type 'application/xml' is not supported.
                    application/json;charset=iso-8859-1 | Text and JSON (RFC 8259) are taken in UTF-8 only, not in ISO-8859-1
                    """)
    void refusesOtherMediaTypes(String mediaType, String detail) {
        assertThat(
                        mvc.post()
                                .uri("/orders")
                                .header("Content-Type", mediaType)
                                .content(ALICES_ORDER.getBytes(StandardCharsets.UTF_8)))
                .hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {
                          "type": "https://eventpipeline.io/problems/unsupported-media-type",
                          "title": "The media type is not supported",
                          "status": 415,
                          "detail": "%s",
                          "instance": "/orders",
                          "retryable": false
                        }
                        """
                                .formatted(detail));
    }

    @Test
    void refusesCompressedBodiesAndSaysWhatItTakesInstead() {
        assertThat(
                        mvc.post()
                                .uri("/orders")
                                .contentType("application/json")
                                .header("Content-Encoding", "gzip")
                                .content(ALICES_ORDER))
                .hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                .hasHeader("Accept-Encoding", "identity");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        assertThat(order(" ".repeat(20 * 1024 + 1)))
                .hasStatus(HttpStatus.CONTENT_TOO_LARGE)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {
                          "type": "https://eventpipeline.io/problems/too-large",
                          "title": "The request is too large",
                          "status": 413,
                          "detail": "The body is larger than the limit of 20480 bytes",
                          "instance": "/orders",
                          "retryable": false,
                          "limit": 20480
                        }
                        """);
    }

    @Test
    void refusesAnArrayThatIsTooLongBeforeItLooksAtItsEvents() {
        assertThat(order("[1,2,3,4]"))
                .hasStatus(HttpStatus.CONTENT_TOO_LARGE)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {
                          "type": "https://eventpipeline.io/problems/too-large",
                          "title": "The request is too large",
                          "status": 413,
                          "detail": "The array has more events than the limit of 3",
                          "instance": "/orders",
                          "retryable": false,
                          "limit": 3
                        }
                        """);
    }

    @Test
    void refusesAPathAndABodyThatNameDifferentCustomers() {
        String bobs = ALICES_ADDRESS.replace("{\"street\"", "{\"customer\":\"bob\",\"street\"");
        assertThat(send(HttpMethod.PUT, "/customers/alice/address", bobs))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {
                          "type": "https://eventpipeline.io/problems/invalid-event",
                          "title": "The event is not valid",
                          "status": 422,
                          "detail": "One thing is wrong with the body",
                          "instance": "/customers/alice/address",
                          "retryable": false,
                          "errors": [
                            {"pointer": "#/customer", "detail": "must be absent or the same as in the path"}
                          ]
                        }
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"customer\":\"alice\","})
    void takesABodyThatLeavesOutOrRepeatsWhatThePathSays(String start) {
        assertThat(
                        send(
                                HttpMethod.PUT,
                                "/customers/alice/address",
                                start + ALICES_ADDRESS.substring(1)))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
    }

    @Test
    void refusesAnArrayWhereThePathNamesOneThing() {
        assertThat(send(HttpMethod.PUT, "/customers/alice/address", "[" + ALICES_ADDRESS + "]"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyJson()
                .extractingPath("$.errors[0]")
                .isEqualTo(Map.of("pointer", "#", "detail", "must be a JSON object"));
    }

    @Test
    void refusesAPageViewFromTheFutureBecauseItWouldCloseWindows() {
        assertThat(
                        send(
                                HttpMethod.POST,
                                "/page-views",
                                "[{\"page\":\"/home\",\"visitor\":\"v\",\"viewedAt\":\"2999-01-01T00:00:00Z\"}]"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyJson()
                .extractingPath("$.errors[0]")
                .isEqualTo(
                        Map.of(
                                "pointer",
                                "#/0/viewedAt",
                                "detail",
                                "must not be more than 300 s ahead of the service's clock"));
    }

    @Test
    void refusesAnIdempotencyKeyThatIsNone() {
        assertThat(
                        mvc.post()
                                .uri("/orders")
                                .contentType("application/json")
                                .header("Idempotency-Key", "two words")
                                .content(ALICES_ORDER))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {
                          "type": "https://eventpipeline.io/problems/invalid-parameter",
                          "title": "A parameter is not valid",
                          "status": 400,
                          "detail": "Header 'Idempotency-Key' must be a string in quotes (RFC 9651), or text without spaces",
                          "instance": "/orders",
                          "retryable": false
                        }
                        """);
    }

    @Test
    void namesTheMethodsThatAPathTakes() {
        assertThat(mvc.get().uri("/orders"))
                .hasStatus(HttpStatus.METHOD_NOT_ALLOWED)
                .hasHeader("Allow", "POST")
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("https://eventpipeline.io/problems/method-not-allowed");
    }

    @Test
    void saysThatThereIsNothingAtAnotherPath() {
        assertThat(send(HttpMethod.POST, "/order", ALICES_ORDER))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("https://eventpipeline.io/problems/unknown-path");
    }

    @Test
    void answersAnEmptyArrayWithNoReceipts() {
        assertThat(order("[]")).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"records\":[]}");
    }

    @Test
    void tellsThatKafkaIsAwayWhateverTheClientAccepts() {
        assertThat(
                        mvc.post()
                                .uri("/orders")
                                .contentType("application/json")
                                .header("Accept", "text/html")
                                .content(ALICES_ORDER))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .hasContentType("application/problem+json")
                .hasHeader("Retry-After", "1")
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {
                          "type": "https://eventpipeline.io/problems/kafka-unavailable",
                          "title": "Kafka is not available",
                          "status": 503,
                          "instance": "/orders",
                          "retryable": true,
                          "outcome": "not_written",
                          "topic": "commerce.order.dev.placed"
                        }
                        """);
    }

    @Test
    void tellsItForEachEventOfAnArray() {
        assertThat(
                        mvc.post()
                                .uri("/orders")
                                .contentType("application/json")
                                .content("[%s,%s]".formatted(ALICES_ORDER, ALICES_ORDER)))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .hasHeader("Retry-After", "1")
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {
                          "records": [
                            {"status": 503, "outcome": "not_written", "retryable": true},
                            {"status": 503, "outcome": "not_written", "retryable": true}
                          ]
                        }
                        """);
    }

    /** Nobody can say whether it came before, so it is refused as a whole. */
    @Test
    void tellsItOnceForARequestWithAKey() {
        assertThat(
                        mvc.post()
                                .uri("/orders")
                                .contentType("application/json")
                                .header("Idempotency-Key", "\"k-1\"")
                                .content("[%s,%s]".formatted(ALICES_ORDER, ALICES_ORDER)))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .hasContentType("application/problem+json")
                .hasHeader("Retry-After", "1")
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {
                          "type": "https://eventpipeline.io/problems/kafka-unavailable",
                          "status": 503,
                          "instance": "/orders",
                          "retryable": true,
                          "outcome": "not_written"
                        }
                        """);
    }

    @Test
    void saysWhyItIsNotReadyWhileKafkaIsAway() {
        assertThat(mvc.get().uri("/actuator/health/readiness"))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .bodyJson()
                .extractingPath("$.components.kafka.details.reason")
                .asString()
                .isNotBlank();
        assertThat(mvc.get().uri("/actuator/health/liveness")).hasStatusOk();
    }
}
