package io.eventpipeline.producer.checkouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.ProducerServiceApplication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * Every bad checkout is told what is wrong with either half, and a good one that Kafka is away,
 * which it is here.
 */
@SpringBootTest(
        classes = ProducerServiceApplication.class,
        properties = "spring.kafka.bootstrap-servers=localhost:1")
@AutoConfigureMockMvc
class CheckoutsControllerTests {

    private static final String ORDER =
            """
            {"orderId":"o-1","customer":"alice","sku":"lamp","quantity":2,"amount":49.90,\
            "currency":"EUR","placedAt":"2026-11-01T12:00:00Z"}\
            """;

    private static final String PAYMENT =
            """
            {"paymentId":"p-1","orderId":"o-1","customer":"alice","amount":20.00,\
            "currency":"EUR","capturedAt":"2026-11-01T12:00:01Z"}\
            """;

    @Autowired private MockMvcTester mvc;

    private MvcTestResult checkout(String body) {
        return mvc.post()
                .uri("/checkouts")
                .contentType("application/json")
                .content(body)
                .exchange();
    }

    @Test
    void tellsBothHalvesThatNothingWasWritten() {
        assertThat(checkout("{\"order\":%s,\"payment\":%s}".formatted(ORDER, PAYMENT)))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .hasHeader("Retry-After", "1")
                .bodyJson()
                .extractingPath("$.records[*].outcome")
                .asArray()
                .containsExactly("not_written", "not_written");
    }

    @Test
    void namesWhatIsWrongWithEitherHalf() {
        assertThat(
                        checkout(
                                "{\"order\":%s,\"payment\":%s,\"a/b\":1}"
                                        .formatted(
                                                ORDER.replace("\"quantity\":2", "\"quantity\":0"),
                                                PAYMENT.replace("\"EUR\"", "7"))))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyJson()
                .extractingPath("$.errors[*].pointer")
                .asArray()
                .containsExactly("#/order/quantity", "#/payment/currency", "#/a~1b");
    }

    @Test
    void demandsBothHalves() {
        assertThat(checkout("{\"order\":%s,\"payment\":null}".formatted(ORDER)))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyJson()
                .extractingPath("$.errors[*].pointer")
                .asArray()
                .containsExactly("#/payment");
        assertThat(checkout("[]")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(checkout("{")).hasStatus(HttpStatus.BAD_REQUEST);
    }

    @Test
    void refusesAPaymentForAnotherOrderOrOfAnotherCustomer() {
        assertThat(
                        checkout(
                                "{\"order\":%s,\"payment\":%s}"
                                        .formatted(
                                                ORDER,
                                                PAYMENT.replace("o-1", "o-2")
                                                        .replace("alice", "bob"))))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyJson()
                .extractingPath("$.errors[*].pointer")
                .asArray()
                .containsExactly("#/payment/orderId", "#/payment/customer");
    }
}
