package io.eventpipeline.systemtests.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.systemtests.services.Rest;
import io.eventpipeline.systemtests.services.ServiceProcess;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Customers who order over REST. Each sends an order only when the one before was answered 200, and
 * sends it again under the same {@code Idempotency-Key} until it is. Some answered orders are sent
 * again on purpose, and {@link ForeignProducer} writes further copies. Start and stop it from one
 * thread; the figures may be read by any.
 */
public final class OrderLoad implements AutoCloseable {

    private static final Duration LAST_ANSWERS_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PROGRESS_TIMEOUT = Duration.ofMinutes(2);
    private static final int REPEATED_OVER_REST_PERCENT = 4;
    private static final int COPIED_TO_THE_TOPIC_PERCENT = 4;

    private final OrderPlan plan;
    private final ServiceProcess door;
    private final ForeignProducer foreign;
    private final long intervalMillis;
    private final List<Customer> customers;
    private final ScheduledExecutorService scheduler;
    private final Queue<SentOrder> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledgedCount = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger repeatedOverRest = new AtomicInteger();
    private final Map<String, AtomicInteger> refusals = new ConcurrentSkipListMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    /**
     * Describes a load.
     *
     * @param perSecond orders a second of all customers together, if each is answered at once
     */
    public OrderLoad(OrderPlan plan, ServiceProcess door, ForeignProducer foreign, int perSecond) {
        this.plan = plan;
        this.door = door;
        this.foreign = foreign;
        int count = plan.addresses().size();
        intervalMillis = Math.max(1, 1_000L * count / perSecond);
        customers = IntStream.range(0, count).mapToObj(Customer::new).toList();
        scheduler = Executors.newScheduledThreadPool(count);
    }

    /** Tells the addresses and the products, which are answered when this returns. */
    public void announce() {
        plan.addresses()
                .forEach(address ->
                        put(
                                "/customers/" + address.customer() + "/address",
                                EventJson.write(address)));
        plan.products()
                .forEach(product -> put("/products/" + product.sku(), EventJson.write(product)));
    }

    private void put(String path, byte[] json) {
        HttpResponse<String> answer = Rest.send("PUT", door.uri(path), json);
        assertThat(answer.statusCode()).as("PUT %s: %s", path, answer.body()).isEqualTo(200);
    }

    /** Lets all customers begin. */
    public void start() {
        for (Customer customer : customers) {
            var _ =
                    scheduler.scheduleWithFixedDelay(
                            customer::takeTurn,
                            customer.number * intervalMillis / customers.size(),
                            intervalMillis,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until so many more orders are answered. */
    public void awaitAcknowledged(int more) {
        int goal = acknowledgedCount() + more;
        await(more + " more orders to be answered 200")
                .atMost(PROGRESS_TIMEOUT)
                .until(() -> {
                    assertNothingUnexpected();
                    return acknowledgedCount() >= goal;
                });
    }

    /** Begins no new order, waits until every begun one is answered 200, and ends. */
    public void stop() {
        stopping = true;
        await("an answer 200 to every order that was sent")
                .atMost(LAST_ANSWERS_TIMEOUT)
                .until(() -> acknowledgedCount() == started.get());
        close();
        foreign.flush();
        assertNothingUnexpected();
    }

    private void assertNothingUnexpected() {
        assertThat(failures).as("answers that no client should get").isEmpty();
    }

    /** The answered orders; each customer's in the order of sending. */
    public List<SentOrder> acknowledged() {
        return new ArrayList<>(acknowledged);
    }

    /** How many orders were answered 200 so far. */
    public int acknowledgedCount() {
        return acknowledgedCount.get();
    }

    /** How many different orders were sent so far. */
    public int sentCount() {
        return started.get();
    }

    /** How many answered orders were sent again over REST. */
    public int repeatedOverRest() {
        return repeatedOverRest.get();
    }

    /** How often a request ended in something else than 200, by what it was. */
    public Map<String, Integer> refusals() {
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        refusals.forEach((what, count) -> counts.put(what, count.get()));
        return counts;
    }

    @Override
    public void close() {
        stopping = true;
        scheduler.shutdownNow();
    }

    /** A customer; each turn runs in one thread at a time. */
    private final class Customer {

        private final int number;
        private int sequence;
        private int attempts;
        private Instant firstAttempt = Instant.EPOCH;

        Customer(int number) {
            this.number = number;
        }

        void takeTurn() {
            try {
                if (attempts == 0) {
                    if (stopping) {
                        return;
                    }
                    sequence++;
                    started.incrementAndGet();
                    firstAttempt = Instant.now();
                }
                attempts++;
                attempt();
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }

        private void attempt() {
            var order = plan.order(number, sequence);
            byte[] body = EventJson.write(order);
            String key = "key-of-" + order.orderId();
            HttpResponse<String> answer;
            try {
                answer = send(body, key);
            } catch (UncheckedIOException e) {
                refused(String.valueOf(e.getCause()));
                return;
            }
            switch (answer.statusCode()) {
                case 200 -> {
                    Receipt receipt = Receipt.parse(answer.body());
                    SentOrder sent =
                            new SentOrder(
                                    order,
                                    sequence,
                                    receipt,
                                    firstAttempt,
                                    Instant.now(),
                                    attempts);
                    attempts = 0;
                    acknowledged.add(sent);
                    acknowledgedCount.incrementAndGet();
                    repeat(sent, body, key);
                }
                case 503, 504 -> refused("HTTP " + answer.statusCode());
                default ->
                        throw new AssertionError(
                                "%s was answered %d: %s"
                                        .formatted(
                                                order.orderId(),
                                                answer.statusCode(),
                                                answer.body()));
            }
        }

        private void repeat(SentOrder sent, byte[] body, String key) {
            int chance = Math.floorMod(sent.order().hashCode(), 100);
            if (chance < REPEATED_OVER_REST_PERCENT) {
                HttpResponse<String> again;
                try {
                    again = send(body, key);
                } catch (UncheckedIOException e) {
                    refused(String.valueOf(e.getCause()));
                    return;
                }
                if (again.statusCode() == 200) {
                    repeatedOverRest.incrementAndGet();
                    assertThat(Receipt.parse(again.body()).eventId())
                            .as("event id of the repeat of %s", sent.order().orderId())
                            .isEqualTo(sent.receipt().eventId());
                } else {
                    refused("HTTP " + again.statusCode());
                }
            } else if (chance < REPEATED_OVER_REST_PERCENT + COPIED_TO_THE_TOPIC_PERCENT) {
                foreign.copy(sent);
            }
        }

        private HttpResponse<String> send(byte[] body, String key) {
            return Rest.send("POST", door.uri("/orders"), body, "Idempotency-Key", key);
        }

        private void refused(String what) {
            refusals.computeIfAbsent(what, any -> new AtomicInteger()).incrementAndGet();
        }
    }
}
