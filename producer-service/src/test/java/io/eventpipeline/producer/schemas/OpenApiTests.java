package io.eventpipeline.producer.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.ProducerServiceApplication;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.UnsupportedEncodingException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document is well-formed, and says neither more nor less than the service does. */
@SpringBootTest(
        classes = ProducerServiceApplication.class,
        properties = "spring.kafka.bootstrap-servers=localhost:1")
@AutoConfigureMockMvc
class OpenApiTests {

    private static final Set<String> THE_DOCUMENT_ITSELF =
            Set.of(OpenApiController.DOCUMENT, OpenApiController.INITIALIZER);

    @Autowired private MockMvcTester mvc;
    @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

    private String served = "";
    private OpenApiContract contract = new OpenApiContract("{}");

    @BeforeEach
    void fetch() throws UnsupportedEncodingException {
        MvcTestResult answer = mvc.get().uri("/v3/api-docs").exchange();
        assertThat(answer).hasStatusOk().hasContentTypeCompatibleWith("application/json");
        served = answer.getResponse().getContentAsString();
        contract = new OpenApiContract(served);
    }

    @Test
    void canBeParsedWithoutComplaint() {
        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(served);

        assertThat(parsed.getMessages()).isNullOrEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1");
        assertThat(parsed.getOpenAPI().getPaths()).isNotEmpty();
    }

    @Test
    void refersOnlyToWhatIsThere() {
        for (JsonNode reference : contract.document().findValues("$ref")) {
            assertThat(contract.document().at(reference.asString().substring(1)).isMissingNode())
                    .as(reference.asString())
                    .isFalse();
        }
    }

    /** Method and path of each door, with the media types that it takes. */
    private Map<String, Set<String>> mapped() {
        Map<String, Set<String>> mapped = new TreeMap<>();
        requestMappingHandlerMapping
                .getHandlerMethods()
                .forEach((mapping, method) -> {
                    if (method.getBeanType()
                            .getPackageName()
                            .startsWith("io.eventpipeline.producer")) {
                        add(mapping, mapped);
                    }
                });
        return mapped;
    }

    private static void add(RequestMappingInfo mapping, Map<String, Set<String>> mapped) {
        for (String path : mapping.getPatternValues()) {
            for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                if (!THE_DOCUMENT_ITSELF.contains(path)) {
                    mapped.computeIfAbsent(method + " " + path, _ -> new TreeSet<>())
                            .addAll(
                                    mapping
                                            .getConsumesCondition()
                                            .getConsumableMediaTypes()
                                            .stream()
                                            .map(Object::toString)
                                            .toList());
                }
            }
        }
    }

    private Map<String, Set<String>> documented() {
        Map<String, Set<String>> documented = new TreeMap<>();
        contract.document()
                .get("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation ->
                                        documented.put(
                                                operation.getKey().toUpperCase(Locale.ROOT)
                                                        + " "
                                                        + path.getKey(),
                                                new TreeSet<>(
                                                        operation
                                                                .getValue()
                                                                .at("/requestBody/content")
                                                                .propertyNames()))));
        return documented;
    }

    @Test
    void hasEveryDoorAndNoOther() {
        Set<String> doors = mapped().keySet();

        assertThat(documented().keySet())
                .as("each door needs a path in src/main/resources/openapi, and the reverse")
                .isEqualTo(doors);
    }

    @Test
    void namesTheMediaTypesThatADoorTakes() {
        Map<String, Set<String>> documented = documented();

        mapped().forEach((door, mediaTypes) -> {
            // A door without a list decides by itself.
            if (!mediaTypes.isEmpty()) {
                assertThat(documented.get(door)).as(door).isEqualTo(mediaTypes);
            }
        });
    }

    @Test
    void givesEachOperationANameOfItsOwn() {
        assertThat(
                        contract.document().findValues("operationId").stream()
                                .map(JsonNode::asString)
                                .collect(Collectors.toList()))
                .doesNotHaveDuplicates()
                .hasSize(documented().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST | /orders | /orders | application/json | {} | 422
                    POST | /orders | /orders | application/json | { | 400
                    POST | /orders | /orders | text/csv | a,b | 415
                    POST | /positions | /positions | application/json | {"vehicle":"van-3","latitude":50.9,"longitude":6.9,"reportedAt":"2026-11-01T12:00:00Z"} | 503
                    POST | /positions | /positions | application/json | [{"vehicle":"van-3","latitude":50.9,"longitude":6.9,"reportedAt":"2026-11-01T12:00:00Z"}] | 503
                    PUT  | /products/{sku} | /products/tea | application/json | {"name":"Tea","category":"tea","price":-1,"currency":"EUR"} | 422
                    PUT  | /products/{sku} | /products/tea | application/json | {"name":"Tea","category":"tea","price":1,"currency":"EUR"} | 503
                    POST | /log-lines | /log-lines | text/plain | GET / | 503
                    POST | /log-lines | /log-lines | text/plain;charset=iso-8859-1 | GET / | 415
                    POST | /topics/{topic}/records | /topics/ops.log.dev.line/records | text/plain | GET / | 503
                    POST | /topics/{topic}/records | /topics/none/records | application/json | {"records":[]} | 404
                    POST | /records | /records | application/json | {"records":[{"value":1}]} | 422
                    POST | /events | /events | application/cloudevents+json | {} | 422
                    OPTIONS | /events | /events | | | 200
                    GET  | /event-types | /event-types | | | 200
                    GET  | /event-types/{type} | /event-types/io.eventpipeline.order.placed.v1 | | | 200
                    GET  | /event-types/{type} | /event-types/none | | | 404
                    GET  | /topics | /topics | | | 200
                    GET  | /topics/{topic} | /topics/none | | | 404
                    """)
    void isKeptByTheAnswers(
            String method, String path, String uri, String contentType, String body, int status)
            throws UnsupportedEncodingException {
        var request = mvc.method(HttpMethod.valueOf(method)).uri(uri);
        if (body != null) {
            request.contentType(contentType).content(body);
        }
        MvcTestResult answer = request.exchange();
        String mediaType = String.valueOf(answer.getResponse().getContentType());

        assertThat(answer).hasStatus(HttpStatus.valueOf(status));
        contract.assertKept(
                method.toLowerCase(Locale.ROOT),
                path,
                status,
                mediaType.replaceAll(";.*", ""),
                answer.getResponse().getContentAsString());
    }

    @Test
    void canBeBrowsed() {
        assertThat(mvc.get().uri("/swagger-ui")).hasStatus3xxRedirection();
        assertThat(mvc.get().uri("/swagger-ui/index.html"))
                .hasStatusOk()
                .bodyText()
                .contains("swagger-initializer.js");
        assertThat(mvc.get().uri("/swagger-ui/swagger-ui-bundle.js")).hasStatusOk();
        assertThat(mvc.get().uri("/swagger-ui/swagger-initializer.js"))
                .hasStatusOk()
                .bodyText()
                .contains("/v3/api-docs");
    }
}
