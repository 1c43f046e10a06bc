package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.placedBy;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.Service.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client sees on the wire, where MockMvc does not reach: bodies that are refused while they
 * are sent, and requests that are not HTTP. On real Tomcat; no broker is needed.
 */
class HttpEdgeIntegrationTests {

    private static final int TWENTY_MEGABYTES = 20 * 1024 * 1024;
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String START =
            "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.on("localhost:1", "server.tomcat.connection-timeout=3s");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Answer send(BodyPublisher body, boolean expectContinue) {
        return service.exchange(
                HttpRequest.newBuilder(service.uri("/orders"))
                        .header("Content-Type", "application/json")
                        .expectContinue(expectContinue)
                        .POST(body));
    }

    private static BodyPublisher ofKnownLength() {
        return BodyPublishers.ofByteArray(new byte[TWENTY_MEGABYTES]);
    }

    private static BodyPublisher ofUnknownLength() {
        return BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(new byte[TWENTY_MEGABYTES]));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsTheSenderOfTwentyMegabytesTheLimit(boolean expectContinue) {
        for (BodyPublisher body : new BodyPublisher[] {ofKnownLength(), ofUnknownLength()}) {
            Answer answer = send(body, expectContinue);

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.body().get("limit").intValue()).isEqualTo(5 * 1024 * 1024);
            assertThat(answer.took()).isLessThan(SOON);
        }
    }

    @Test
    void tellsTheSenderOfTwentyMegabytesThatThePathIsUnknown() {
        Answer answer =
                service.exchange(
                        HttpRequest.newBuilder(service.uri("/nowhere"))
                                .header("Content-Type", "application/json")
                                .POST(ofKnownLength()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("type").stringValue()).endsWith("/unknown-path");
    }

    @Test
    void answersOnTheSameConnectionAfterARefusal() throws IOException {
        String body = placedBy(ALICE, "o-1").replace("2", "-2");
        String request =
                "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;

        String answers = raw(request + request.replace("Host: x", "Host: x\r\nConnection: close"));

        assertThat(answers.split("HTTP/1.1 422", -1)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT HTTP AT ALL\r\n\r\n",
                "POST /orders HTTP/1.1\r\n\r\n",
                "GET /orders/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /a|b HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
                START + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"
            })
    void answersWhatIsNotHttpWithAProblemToo(String request) throws IOException {
        assertThat(raw(request))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("\"type\":\"https://eventpipeline.io/problems/bad-request\"");
    }

    @Test
    void cutsOffAClientThatStopsInTheMiddleOfItsBody() throws IOException {
        assertThat(raw(START + "Content-Length: 100\r\n\r\n{\"orderId\":"))
                .startsWith("HTTP/1.1 408")
                .contains("\"type\":\"https://eventpipeline.io/problems/request-timeout\"");
    }

    /** Sends bytes and reads until the server closes the connection. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", service.port())) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
