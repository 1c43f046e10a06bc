package io.eventpipeline.streams.payments;

import static io.eventpipeline.streams.PieceDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.commerce.PaymentId;
import io.eventpipeline.model.commerce.PaymentUnmatched;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.streams.PieceDriver;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaymentsTopologyTests {

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Currency EUR = Currency.getInstance("EUR");

    @TempDir private Path stateDir;
    private PieceDriver payments;
    private int clock;

    @BeforeEach
    void start() {
        payments =
                PieceDriver.of(
                        stateDir,
                        (topics, registry) ->
                                new PaymentsTopology(
                                        topics,
                                        new PaymentsProperties(WINDOW, Duration.ofMinutes(1)),
                                        registry));
        payments.advance(Duration.ofHours(2));
    }

    @AfterEach
    void stop() {
        payments.close();
    }

    @Test
    void matchesInEitherOrder() {
        order("o-1", "alice", 0);
        payment("p-1", "o-1", "alice", 5);
        payment("p-2", "o-2", "bob", 6);
        order("o-2", "bob", 1);
        letTimePass();

        assertThat(unmatched()).isEmpty();
        assertThat(payments.count("pipeline.streams.payments", "outcome", "matched"))
                .as("with the three that let time pass")
                .isEqualTo(5);
    }

    @Test
    void matchesAPaymentThatNamesAnotherCustomer() {
        order("o-1", "alice", 0);
        payment("p-1", "o-1", "bob", 5);
        letTimePass();

        assertThat(unmatched()).isEmpty();
    }

    @Test
    void reportsAnOrderWithoutPaymentUnderItsCustomer() {
        order("o-1", "alice", 0);
        letTimePass();

        TestRecord<String, PaymentUnmatched> report = unmatched().getFirst();
        assertThat(report.key()).isEqualTo("alice");
        assertThat(report.value())
                .isEqualTo(
                        new PaymentUnmatched(
                                PaymentUnmatched.Half.PAYMENT,
                                new OrderId("o-1"),
                                new CustomerId("alice"),
                                null,
                                new BigDecimal("10.00"),
                                EUR,
                                START));
        assertThat(PieceDriver.header(report, CloudEventHeaders.SOURCE))
                .isEqualTo("/streams-service/payments");
        assertThat(PieceDriver.header(report, CloudEventHeaders.TRACEPARENT))
                .isEqualTo(PieceDriver.TRACE);
    }

    @Test
    void reportsAPaymentWithoutOrder() {
        payment("p-1", "o-1", "alice", 0);
        letTimePass();

        PaymentUnmatched report = unmatched().getFirst().value();
        assertThat(report.missing()).isEqualTo(PaymentUnmatched.Half.ORDER);
        assertThat(report.paymentId()).isEqualTo(new PaymentId("p-1"));
    }

    @Test
    void reportsBothHalvesThatAreTooFarApart() {
        order("o-1", "alice", 0);
        payment("p-1", "o-1", "alice", 10 * 60 + 1);
        letTimePass();

        assertThat(unmatched()).extracting(report -> report.value().missing()).hasSize(2);
    }

    @Test
    void waitsForAHalfThatIsLateWithinTheGracePeriod() {
        order("o-1", "alice", 0);
        order("o-2", "bob", 10 * 60 + 30);
        payment("p-1", "o-1", "alice", 10 * 60);
        letTimePass();

        assertThat(unmatched())
                .extracting(report -> report.value().orderId().value())
                .containsExactly("o-2");
    }

    @Test
    void givesCopiesOfALonelyHalfOneIdentity() {
        order("o-1", "alice", 0);
        order("o-1", "alice", 0);
        letTimePass();

        assertThat(unmatched())
                .extracting(report -> PieceDriver.header(report, CloudEventHeaders.ID))
                .hasSize(2)
                .satisfies(ids -> assertThat(ids.getFirst()).isEqualTo(ids.getLast()));
    }

    @Test
    void refusesPaymentsThatCannotBeUsed() {
        payments.sendRaw(PipelineTopic.PAYMENT_CAPTURED, null, "{}");
        payments.sendRaw(PipelineTopic.PAYMENT_CAPTURED, "alice", (String) null);
        payment("p-1", "o-1", "alice", 3 * 60 * 60);
        letTimePass();

        assertThat(payments.letters(PipelineTopic.PAYMENT_CAPTURED)).hasSize(3);
        assertThat(unmatched()).isEmpty();
    }

    @Test
    void anOrderFromTheFutureClosesNoWindow() {
        order("o-1", "alice", 0);
        order("o-far", "bob", 24 * 60 * 60);
        payment("p-1", "o-1", "alice", 5);

        assertThat(payments.count("pipeline.streams.payments", "outcome", "matched")).isEqualTo(1);
    }

    private void order(String id, String customer, int second) {
        OrderPlaced order =
                new OrderPlaced(
                        new OrderId(id),
                        new CustomerId(customer),
                        new Sku("lamp"),
                        1,
                        new BigDecimal("10.00"),
                        EUR,
                        START.plusSeconds(second));
        payments.send(PipelineTopic.ORDER_PLACED, order, id);
    }

    private void payment(String id, String order, String customer, int second) {
        PaymentCaptured payment =
                new PaymentCaptured(
                        new PaymentId(id),
                        new OrderId(order),
                        new CustomerId(customer),
                        new BigDecimal("10.00"),
                        EUR,
                        START.plusSeconds(second));
        payments.send(PipelineTopic.PAYMENT_CAPTURED, payment, id);
    }

    /** Pairs of another customer move the time of the partition on. */
    private void letTimePass() {
        for (int i = 0; i < 3; i++) {
            clock += 30 * 60;
            payments.advance(Duration.ofMinutes(30));
            order("clock-" + clock, "clock", clock);
            payment("clock-" + clock, "clock-" + clock, "clock", clock);
        }
    }

    private List<TestRecord<String, PaymentUnmatched>> unmatched() {
        return payments.read(PipelineTopic.PAYMENT_UNMATCHED, PaymentUnmatched.class);
    }
}
