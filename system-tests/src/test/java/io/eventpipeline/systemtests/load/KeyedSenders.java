package io.eventpipeline.systemtests.load;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.systemtests.services.Rest;
import io.eventpipeline.systemtests.services.ServiceProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Clients that send one order after the other, each under its order id as {@code Idempotency-Key},
 * and repeat it until it is answered 200. Safe for use by several threads.
 */
public final class KeyedSenders implements AutoCloseable {

    private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(2);
    private static final Duration BETWEEN_REPEATS = Duration.ofMillis(100);

    private final ServiceProcess producer;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final List<CompletableFuture<Void>> senders = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * Starts them.
     *
     * @param orders the order of each number, from 1
     */
    public KeyedSenders(ServiceProcess producer, int count, IntFunction<OrderPlaced> orders) {
        this.producer = producer;
        for (int first = 1; first <= count; first++) {
            int sender = first;
            senders.add(
                    CompletableFuture.runAsync(
                            () -> {
                                for (int i = sender; !stopped; i += count) {
                                    sendUntilAnswered(orders.apply(i));
                                }
                            },
                            Thread::startVirtualThread));
        }
    }

    private void sendUntilAnswered(OrderPlaced order) {
        String key = order.orderId().value();
        await(key + " to be answered 200")
                .atMost(ANSWERED_WITHIN)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_REPEATS)
                .until(() -> status(key, order) == 200);
        answered.add(key);
    }

    private int status(String key, OrderPlaced order) {
        try {
            return Rest.send(
                            "POST",
                            producer.uri("/orders"),
                            EventJson.write(order),
                            "Idempotency-Key",
                            "\"" + key + "\"")
                    .statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** The keys of the orders that were answered 200 so far. */
    public Set<String> answered() {
        return Set.copyOf(answered);
    }

    /** Lets each finish the order in hand. */
    public void stop() {
        stopped = true;
        senders.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        stopped = true;
    }
}
