package io.eventpipeline.systemtests.kills;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.commerce.Address;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.systemtests.checkers.Findings;
import io.eventpipeline.systemtests.load.OrderPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each check of a run with kills goes red on outputs and answers that were spoiled in its way, and
 * stays green on good ones: a customer's orders behind the first ones, and a page with two views.
 */
class KillsChecksTests {

    private static final int ORDERS = ShopLoad.FIRST_ORDERS + 2;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long NOW = 1_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final OrderPlan plan = new OrderPlan(7, 1);
    private final ShopLedger ledger =
            new ShopLedger(List.of(plan.addresses().getFirst().customer()), 1);
    private final CustomerLog customer = ledger.customers().getFirst();
    private final PageLog page = ledger.pages().getFirst();
    private final Findings findings = new Findings();
    private final OutputChecks checks = new OutputChecks(ledger, findings);
    private long offset;

    @BeforeEach
    void send() {
        customer.lies(0);
        for (int sequence = 1; sequence <= ORDERS; sequence++) {
            customer.ordersSent.increment(NOW);
            customer.ordersStored.increment(NOW);
        }
        for (int minute : new int[] {1, 4}) {
            int view = page.add(NOON.plusSeconds(minute * 60L).toEpochMilli(), NOW);
            page.stored(view, 0, NOW);
        }
    }

    private void shipAll() {
        for (int sequence = 1; sequence <= ORDERS; sequence++) {
            ship(sequence, 1, "id-" + sequence);
        }
    }

    private void ship(int sequence, long address, String id) {
        OrderPlaced order = plan.order(0, sequence);
        ProductListed product = plan.products().getFirst();
        var at = plan.addresses().getFirst().address();
        checks.shipment(
                record(
                        ShipmentRequested.of(
                                order,
                                new Address(
                                        ShopLedger.street(address),
                                        at.city(),
                                        at.postalCode(),
                                        at.country()),
                                product.product()),
                        id));
    }

    private void countAll() {
        for (WindowKind kind : WindowKind.values()) {
            expected(kind)
                    .forEach((window, count) -> {
                        tell(window, count, false);
                        tell(window, count, true);
                    });
        }
    }

    private Map<String, Long> expected(WindowKind kind) {
        return WindowCounts.of(page.page(), kind, page.times());
    }

    private void tell(String window, long count, boolean isFinal) {
        String[] parts = window.split("\\|", -1);
        checks.count(record(count(parts, count, isFinal), window + count + isFinal));
    }

    private static PageCount count(String[] parts, long count, boolean isFinal) {
        return new PageCount(
                parts[0],
                WindowKind.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                Instant.parse(parts[2]),
                Instant.parse(parts[3]),
                count,
                isFinal);
    }

    private ConsumerRecord<byte[], byte[]> record(Event event, String id) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(
                        "out", 0, offset++, event.key().getBytes(UTF_8), EventJson.write(event));
        CloudEventHeaders.write(
                new EventMetadata(
                        new EventIdentity("/test", id),
                        EventTypes.nameOf(event.getClass()),
                        NOON,
                        event.key(),
                        null),
                record.headers());
        return record;
    }

    @Test
    void isGreenWhenEachOrderIsShippedOnceAndEachWindowIsRight() {
        shipAll();
        countAll();
        checks.finish();

        assertThat(findings.counts()).isEmpty();
        assertThat(checks.windows()).isEqualTo(13);
    }

    @Test
    void seesALostOrder() {
        countAll();
        for (int sequence = 2; sequence <= ORDERS; sequence++) {
            ship(sequence, 1, "id-" + sequence);
        }
        checks.finish();

        assertThat(findings.counts()).isEqualTo(Map.of(OutputChecks.LOST, 1L));
    }

    @Test
    void seesAShipmentThatIsThereTwiceWithOneIdentityOrWithTwo() {
        shipAll();
        ship(ORDERS, 1, "id-" + ORDERS);
        assertThat(checks.sameIdentity()).isEqualTo(1);
        ship(ORDERS, 1, "other");

        assertThat(findings.count(OutputChecks.DOUBLED)).isEqualTo(2);
    }

    @Test
    void seesOrdersAndAddressesThatGoBack() {
        ship(ORDERS, 2, "id-2");
        ship(ORDERS - 1, 1, "id-1");

        assertThat(findings.counts()).isEqualTo(Map.of(OutputChecks.ORDER, 2L));
    }

    @Test
    void seesAViewThatIsCountedTwiceOrNotAtAll() {
        shipAll();
        String window = expected(WindowKind.TUMBLING).keySet().iterator().next();
        tell(window, 3, true);
        checks.finish();

        long others = checks.windows() - 1;
        assertThat(findings.counts()).isEqualTo(Map.of(OutputChecks.WINDOWS, 1 + others));
    }

    @Test
    void seesACountThatGoesBackAndAFinalOneThatIsToldTwice() {
        String window = expected(WindowKind.TUMBLING).keySet().iterator().next();
        tell(window, 2, false);
        tell(window, 1, false);
        tell(window, 2, true);
        tell(window, 2, true);

        assertThat(findings.counts())
                .isEqualTo(Map.of(OutputChecks.ORDER, 1L, OutputChecks.FINAL_ONCE, 1L));
    }

    @Test
    void seesATotalThatIsOlderThanWhatWasShipped() {
        for (int sequence = 1; sequence <= ORDERS; sequence++) {
            customer.shipped(sequence, 1, NOW);
        }
        Question question = new Question.Total(customer);

        assertThat(question.wrong(reply(total(ORDERS), null, null))).isNull();
        assertThat(question.wrong(reply(total(ORDERS - 1), null, null))).contains("was known");
        assertThat(question.wrong(reply(total(ORDERS + 1), null, null))).contains("was sent");
        assertThat(question.wrong(notFound(null))).contains("was known");
    }

    @Test
    void admitsAnOldTotalOnlyAsFarAsAskedAndSaid() {
        for (int sequence = 1; sequence <= ORDERS; sequence++) {
            customer.shipped(sequence, 1, NOW);
        }
        Question question = new Question.Total(customer);
        Duration admitted = Duration.ofSeconds(10);

        assertThat(question.wrong(notFound(admitted))).isNull();
        assertThat(question.wrong(reply(total(1), admitted, Duration.ofSeconds(7)))).isNull();
        assertThat(question.wrong(reply(total(1), admitted, Duration.ofSeconds(4))))
                .contains("was known");
    }

    @Test
    void seesAnAddressThatIsOlderThanThatOfAShipment() {
        customer.addressSent.reach(3, NOW);
        customer.shipped(1, 2, NOW);
        Question question = new Question.Address(customer);

        assertThat(question.wrong(reply("{\"street\":\"Station Road 2\"}", null, null))).isNull();
        assertThat(question.wrong(reply("{\"street\":\"Station Road 1\"}", null, null)))
                .contains("was known");
    }

    @Test
    void seesAWindowThatIsMissingOrOlderThanTheOneThatWasSeen() {
        page.counted(
                new PageCount(
                        page.page(), WindowKind.TUMBLING, NOON, NOON.plusSeconds(300), 2, false),
                NOW);
        Question question =
                new CountsQuestion(
                        page,
                        Objects.requireNonNull(
                                page.any(WindowKind.TUMBLING, new SplittableRandom(1))));
        String counts =
                "[{\"from\":\"2026-11-21T12:00:00Z\",\"to\":\"2026-11-21T12:05:00Z\",\"count\":%d,\"final\":false}]";

        assertThat(question.wrong(reply(counts.formatted(2), null, null))).isNull();
        assertThat(question.wrong(reply(counts.formatted(1), null, null))).contains("was known");
        assertThat(question.wrong(reply(counts.formatted(3), null, null))).contains("was sent");
        assertThat(question.wrong(reply("[]", null, null))).contains("was known");
    }

    private static String total(int orders) {
        return "{\"orders\":%d}".formatted(orders);
    }

    /** Asked five seconds after everything was stored and processed. */
    private static Reply reply(
            String body, @Nullable Duration admitted, @Nullable Duration staleness) {
        long sent = NOW + 5 * SECOND;
        return new Reply(200, body, sent, sent + 1, admitted, null, staleness);
    }

    private static Reply notFound(@Nullable Duration admitted) {
        long sent = NOW + 5 * SECOND;
        return new Reply(404, "", sent, sent + 1, admitted, null, null);
    }
}
