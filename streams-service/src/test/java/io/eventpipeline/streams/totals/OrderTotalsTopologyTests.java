package io.eventpipeline.streams.totals;

import static io.eventpipeline.streams.PieceDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.streams.PieceDriver;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.state.VersionedRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("E5 order totals, versioned")
class OrderTotalsTopologyTests {

    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Sku LAMP = new Sku("lamp");

    @TempDir private Path stateDir;
    private PieceDriver totals;

    @BeforeEach
    void start() {
        totals =
                PieceDriver.of(
                        stateDir,
                        (topics, registry) ->
                                new OrderTotalsTopology(
                                        new OrderTotalsProperties(Duration.ofHours(3)), registry));
        totals.advance(Duration.ofHours(2));
    }

    @AfterEach
    void stop() {
        totals.close();
    }

    @Test
    void saysWhatHadBeenOrderedAtAMoment() {
        place(order("o-1", "lamp", 2, "10.00", 0));
        place(order("o-2", "lamp", 1, "5.50", 10));
        place(order("o-3", "vase", 1, "7.00", 20));

        assertThat(total(LAMP, -1)).isNull();
        assertThat(total(LAMP, 0)).isEqualTo(orders(1, 2, "10.00"));
        assertThat(total(LAMP, 9)).isEqualTo(orders(1, 2, "10.00"));
        assertThat(total(LAMP, 60)).isEqualTo(orders(2, 3, "15.50"));
        assertThat(total(null, 60)).isEqualTo(orders(3, 4, "22.50"));
    }

    @Test
    void addsALateOrderToAllLaterTotals() {
        place(order("o-2", "lamp", 1, "5.00", 20));
        place(order("o-3", "lamp", 1, "7.00", 30));
        place(order("o-1", "lamp", 2, "10.00", 10));

        assertThat(total(LAMP, 9)).isNull();
        assertThat(total(LAMP, 10)).isEqualTo(orders(1, 2, "10.00"));
        assertThat(total(LAMP, 20)).isEqualTo(orders(2, 3, "15.00"));
        assertThat(total(LAMP, 30)).isEqualTo(orders(3, 4, "22.00"));
    }

    @Test
    void keepsCurrenciesApart() {
        place(order("o-1", "lamp", 1, "10.00", 0));
        OrderPlaced dollars =
                new OrderPlaced(
                        new OrderId("o-2"),
                        ALICE,
                        LAMP,
                        1,
                        new BigDecimal("3.00"),
                        Currency.getInstance("USD"),
                        START);
        totals.send(PipelineTopic.ORDER_PLACED, dollars, "o-2");

        assertThat(total(LAMP, 0))
                .extracting(total -> total.amounts().toString())
                .isEqualTo("{EUR=10.00, USD=3.00}");
    }

    @Test
    void countsACopyOnceAndRefusesAnotherOrderUnderItsId() {
        place(order("o-1", "lamp", 1, "10.00", 0));
        totals.send(
                PipelineTopic.ORDER_PLACED, order("o-1", "lamp", 1, "10.0", 0), "another event");
        place(order("o-1", "lamp", 1, "11.00", 0));

        assertThat(total(LAMP, 0)).isEqualTo(orders(1, 1, "10.00"));
        assertThat(totals.count("pipeline.streams.totals.orders", "outcome", "repeated"))
                .isEqualTo(1);
        assertThat(totals.letters(PipelineTopic.ORDER_PLACED)).hasSize(1);
    }

    @Test
    void leavesOutWhatIsOlderThanTheHistory() {
        place(order("o-1", "lamp", 1, "10.00", 0));
        totals.advance(Duration.ofHours(2));
        place(order("o-2", "lamp", 1, "10.00", 239 * 60));
        place(order("o-3", "lamp", 1, "10.00", 30 * 60));

        assertThat(total(LAMP, 239 * 60)).isEqualTo(orders(2, 2, "20.00"));
        assertThat(totals.count("pipeline.streams.totals.orders", "outcome", "late")).isEqualTo(1);
    }

    @Test
    void refusesAnOrderFromTheFuture() {
        place(order("o-1", "lamp", 1, "10.00", 3 * 60 * 60));

        assertThat(totals.letters(PipelineTopic.ORDER_PLACED)).hasSize(1);
        assertThat(total(LAMP, 3 * 60 * 60)).isNull();
    }

    @Test
    void doesNotMixUpIdsThatContainEachOther() {
        CustomerId tricky = new CustomerId("alice|lamp");
        totals.send(
                PipelineTopic.ORDER_PLACED,
                new OrderPlaced(
                        new OrderId("o-9"),
                        tricky,
                        LAMP,
                        1,
                        BigDecimal.ONE,
                        Currency.getInstance("EUR"),
                        START),
                "o-9");

        assertThat(total(LAMP, 10)).isNull();
    }

    /** In whatever order they come, a total is the sum of the orders up to its moment. */
    @Test
    void anyOrderOfArrivalGivesTheSameHistory() {
        Random random = new Random(20_261_121);
        List<OrderPlaced> orders = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            orders.add(order("o-" + i, "lamp", 1 + i % 3, "1.00", random.nextInt(3_600)));
        }
        Collections.shuffle(orders, random);
        orders.forEach(this::place);

        for (int second = 0; second <= 3_600; second += 7) {
            Instant moment = START.plusSeconds(second);
            List<OrderPlaced> then =
                    orders.stream().filter(order -> !order.placedAt().isAfter(moment)).toList();
            OrderTotal total = total(LAMP, second);
            assertThat(total == null ? 0 : total.orders()).isEqualTo(then.size());
            assertThat(total == null ? 0 : total.quantity())
                    .isEqualTo(then.stream().mapToLong(OrderPlaced::quantity).sum());
        }
    }

    private void place(OrderPlaced order) {
        totals.send(PipelineTopic.ORDER_PLACED, order, order.orderId().value());
    }

    private static OrderPlaced order(
            String id, String sku, int quantity, String amount, int second) {
        return new OrderPlaced(
                new OrderId(id),
                ALICE,
                new Sku(sku),
                quantity,
                new BigDecimal(amount),
                Currency.getInstance("EUR"),
                START.plusSeconds(second));
    }

    private @Nullable OrderTotal total(@Nullable Sku sku, int second) {
        String key =
                sku == null ? OrderTotalsTopology.key(ALICE) : OrderTotalsTopology.key(ALICE, sku);
        VersionedRecord<OrderTotal> found =
                totals.driver()
                        .<String, OrderTotal>getVersionedKeyValueStore(
                                OrderTotalsTopology.TOTALS_STORE)
                        .get(key, START.plusSeconds(second).toEpochMilli());
        return found == null ? null : found.value();
    }

    private static OrderTotal orders(long orders, long quantity, String amount) {
        return new OrderTotal(
                orders, quantity, new TreeMap<>(Map.of("EUR", new BigDecimal(amount))));
    }
}
