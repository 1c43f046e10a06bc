package io.eventpipeline.starter.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.ops.HostName;
import io.eventpipeline.model.ops.ServerMeasured;
import jakarta.validation.constraints.Max;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Whatever goes wrong between the socket and a controller, the answer is a problem of a known type
 * (RFC 9457).
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        // Nothing listens there: the service has to live without Kafka.
        properties = "spring.kafka.bootstrap-servers=127.0.0.1:9")
class ProblemControllerTests {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort private int port;

    @Test
    void anUnknownPathIsAProblem() throws Exception {
        JsonNode problem = assertProblem(get("/nothing/here"), 404, ProblemType.UNKNOWN_PATH);

        assertThat(problem.get("detail").asString()).isEqualTo("There is nothing at /nothing/here");
    }

    @Test
    void aWrongMethodNamesTheRightOne() throws Exception {
        HttpResponse<String> answer = send(request("/measurements").DELETE().build());

        assertProblem(answer, 405, ProblemType.METHOD_NOT_ALLOWED);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aWrongMediaTypeIsAProblem() throws Exception {
        assertProblem(
                post("/measurements", "text/csv", "a,b"), 415, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void anInvalidEventNamesEachPointer() throws Exception {
        JsonNode problem =
                assertProblem(
                        post(
                                "/measurements",
                                "application/json",
                                "{\"host\":\"web-1\",\"cpuLoad\":2}"),
                        422,
                        ProblemType.INVALID_EVENT);

        assertThat(problem.get("retryable").asBoolean()).isFalse();
        assertThat(problem.get("errors").values())
                .extracting(error -> error.get("pointer").asString())
                .containsExactly(
                        "#/cpuLoad", "#/memoryUsedBytes", "#/memoryTotalBytes", "#/measuredAt");
    }

    @Test
    void malformedJsonIsAProblem() throws Exception {
        assertProblem(
                post("/measurements", "application/json", "{\"host\":"),
                400,
                ProblemType.MALFORMED_BODY);
    }

    @Test
    void aParameterOfTheWrongTypeIsNamed() throws Exception {
        JsonNode problem =
                assertProblem(get("/hosts/web-1?limit=many"), 400, ProblemType.INVALID_PARAMETER);

        assertThat(problem.get("detail").asString()).contains("'limit'");
    }

    @Test
    void aParameterOutOfItsBoundsIsNamed() throws Exception {
        JsonNode problem =
                assertProblem(get("/hosts/web-1?limit=7000"), 400, ProblemType.INVALID_PARAMETER);

        assertThat(problem.get("errors").get(0).get("parameter").asString()).isEqualTo("limit");
    }

    @Test
    void anInvalidIdInThePathSaysWhy() throws Exception {
        JsonNode problem =
                assertProblem(get("/hosts/%20?limit=1"), 400, ProblemType.INVALID_PARAMETER);

        assertThat(problem.get("detail").asString()).contains("must not be blank");
    }

    @Test
    void aDefectShowsNothingOfItsInside() throws Exception {
        HttpResponse<String> answer = get("/defect");

        assertProblem(answer, 500, ProblemType.INTERNAL);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void aRequestThatIsNotHttpIsAProblemToo() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) ANSWER.toMillis());
            socket.getOutputStream()
                    .write(
                            "GET /\u0001bad HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                                    .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json")
                    .contains(ProblemType.BAD_REQUEST.uri().toString())
                    .doesNotContain("<html");
        }
    }

    @Test
    void livenessIsUpAndReadinessSaysWhyNotWhileKafkaIsAway() throws Exception {
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);

        HttpResponse<String> readiness = get("/actuator/health/readiness");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(
                        EventJson.readTree(readiness.body().getBytes(UTF_8))
                                .at("/components/kafka/details/reason")
                                .asString())
                .isNotBlank();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    private HttpResponse<String> post(String path, String mediaType, String body)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", mediaType)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER);
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private static JsonNode assertProblem(
            HttpResponse<String> answer, int status, ProblemType type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        media -> assertThat(media).startsWith("application/problem+json"));
        JsonNode problem = EventJson.readTree(answer.body().getBytes(UTF_8));
        assertThat(problem.get("type").asString()).isEqualTo(type.uri().toString());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
        return problem;
    }

    /** A service as small as one can be. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class SmallService {

        @RestController
        static class MeasurementController {

            @PostMapping(path = "/measurements", consumes = "application/json")
            String store(@RequestBody byte[] body) {
                return EventJson.readStrictly(body, ServerMeasured.class).key();
            }

            @GetMapping("/hosts/{host}")
            String find(@PathVariable HostName host, @RequestParam @Max(1_000) int limit) {
                return host + " " + limit;
            }

            @GetMapping("/defect")
            String fail() {
                throw new IllegalStateException("secret");
            }
        }
    }
}
