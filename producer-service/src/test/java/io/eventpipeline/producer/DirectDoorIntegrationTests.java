package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.placedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.producer.Service.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short way to a door and Spring MVC's give the same answers, whatever is wrong with a request.
 * A media type with a parameter takes the long way. On real Tomcat; no broker is needed.
 */
class DirectDoorIntegrationTests {

    private static final String SHORT_WAY = "application/json";
    private static final String LONG_WAY = "application/json; charset=UTF-8";
    private static final String LOG = "/topics/ops.log.dev.line/records";
    private static final String RECORD = "{\"records\":[{\"value\":\"Alice was here\"}]}";

    private static Service service;

    @BeforeAll
    static void start() {
        service =
                Service.on(
                        "localhost:1",
                        "pipeline.producer.intake.max-body-size=20KB",
                        "pipeline.producer.intake.max-events=3");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Answer send(String path, String contentType, String body) {
        return service.exchange(
                HttpRequest.newBuilder(service.uri(path))
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body)));
    }

    /** All of an answer that does not differ from one to the next. */
    private static String comparable(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.response().headers().map());
        headers.remove("date");
        String body = answer.response().body().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}", "id");
        return answer.status() + "\n" + headers + "\n" + body.replaceAll("id-[0-9a-f]{12}", "id");
    }

    static Stream<Arguments> requests() {
        String order = placedBy(ALICE, "o-1");
        return Stream.of(
                Arguments.of("/orders", order, 503),
                Arguments.of("/orders", "[" + order + "," + order + "]", 503),
                Arguments.of("/orders", "[" + "{},".repeat(3) + "{}]", 413),
                Arguments.of("/orders", "{}", 422),
                Arguments.of("/orders", "{", 400),
                Arguments.of("/orders", "", 400),
                Arguments.of("/orders", "\"" + "x".repeat(30_000) + "\"", 413),
                Arguments.of("/page-views", "[]", 200),
                Arguments.of("/positions", "{\"vehicle\":7}", 422),
                Arguments.of(LOG, RECORD, 503),
                Arguments.of(LOG, "{\"records\":[{\"value\":1,\"colour\":\"red\"}]}", 422),
                Arguments.of(LOG, "{\"records\":[]}", 200),
                Arguments.of(LOG + "?acks=7", RECORD, 400),
                Arguments.of(LOG + "?atomic=perhaps", RECORD, 400),
                Arguments.of(LOG + "?atomic=true", RECORD, 503),
                Arguments.of(LOG + "?atomic=true&acks=1", RECORD, 400),
                Arguments.of("/topics/nobodys.topic/records", RECORD, 404),
                Arguments.of("/records", RECORD, 422));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void answersAsSpringMvcDoes(String path, String body, int status) {
        Answer answer = send(path, SHORT_WAY, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(comparable(answer)).isEqualTo(comparable(send(path, LONG_WAY, body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topics//records",
                "/topics/a/b/records",
                "/topics/a/records/",
                "/orders/",
                "/nowhere"
            })
    void leavesPathsThatAreNoDoorsToSpringMvc(String path) {
        assertThat(comparable(send(path, SHORT_WAY, RECORD)))
                .isEqualTo(comparable(send(path, LONG_WAY, RECORD)))
                .startsWith("404");
    }

    @Test
    void takesAnEncodedPathForWhatItMeans() {
        assertThat(send("/topics/ops.log.dev%2Eline/records?acks=7", SHORT_WAY, RECORD).status())
                .isEqualTo(400);
    }

    @Test
    void isTimedUnderThePatternOfItsPath() {
        double before = timedInUnknownTopics();

        send("/topics/nobodys.topic/records", SHORT_WAY, RECORD);

        // The timer is stopped after the answer.
        await().atMost(Duration.ofSeconds(60)).until(() -> timedInUnknownTopics() == before + 1);
    }

    private static double timedInUnknownTopics() {
        return service.get("/actuator/prometheus")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .filter(line -> line.contains("uri=\"/topics/{topic}/records\""))
                .filter(line -> line.contains("status=\"404\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
