package io.eventpipeline.standalone.traffic;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends a shop's products, its customers' addresses and a stream of orders, and counts shipments.
 */
public final class Demo {

    private static final int CONCURRENT_CALLS = 16;
    private static final Duration POLL = Duration.ofMillis(250);

    private final PipelineClient client;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

    /**
     * Creates a demo.
     *
     * @param client speaks to the pipeline
     * @param clock the time of the events
     * @param random who orders what
     */
    public Demo(PipelineClient client, InstantSource clock, RandomGenerator random) {
        this.client = client;
        this.clock = clock;
        this.random = random;
    }

    /** Hears how far the demo is. */
    public interface Progress {

        /**
         * So many are done.
         *
         * @param done how many
         * @param of of how many
         */
        void at(int done, int of);
    }

    /**
     * What came of it.
     *
     * @param sent orders that were tried
     * @param accepted orders that were answered with 200
     * @param shipped orders whose shipment is in the database
     * @param sendingTook how long the sending took
     * @param firstFailure why the first refused order was refused, if one was
     */
    public record Outcome(
            int sent,
            int accepted,
            int shipped,
            Duration sendingTook,
            @Nullable String firstFailure) {}

    /**
     * Lists all products and addresses.
     *
     * @return how many events were sent
     * @throws TrafficException if one is not accepted
     */
    public int stock() throws TrafficException {
        for (ProductListed product : DemoCatalogue.products()) {
            client.putProduct(product).require(200);
        }
        for (AddressChanged address : DemoCatalogue.addresses()) {
            client.putAddress(address).require(200);
        }
        return DemoCatalogue.products().size() + DemoCatalogue.addresses().size();
    }

    /**
     * Sends orders at a steady rate and waits for their shipments.
     *
     * @param orders how many
     * @param perSecond how many in a second
     * @param shipmentTimeout how long to wait for the last shipment
     * @param sending hears of the sent orders
     * @param shipping hears of the arrived shipments
     */
    public Outcome run(
            int orders,
            int perSecond,
            Duration shipmentTimeout,
            Progress sending,
            Progress shipping) {
        String run = Long.toString(clock.millis(), Character.MAX_RADIX);
        ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        AtomicInteger answered = new AtomicInteger();
        long began = System.nanoTime();
        Semaphore calls = new Semaphore(CONCURRENT_CALLS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < orders; number++) {
                sleepUntil(began + number * 1_000_000_000L / perSecond);
                OrderPlaced order =
                        DemoCatalogue.order(
                                "demo-%s-%d".formatted(run, number),
                                random,
                                clock.instant().truncatedTo(ChronoUnit.MILLIS));
                calls.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        if (place(order)) {
                            accepted.add(order.orderId().value());
                        }
                    } finally {
                        calls.release();
                        answered.incrementAndGet();
                    }
                });
                sending.at(answered.get(), orders);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        sending.at(orders, orders);
        List<String> waiting = List.copyOf(accepted);
        int shipped = awaitShipments(waiting, shipmentTimeout, shipping);
        return new Outcome(orders, waiting.size(), shipped, took, firstFailure.get());
    }

    private boolean place(OrderPlaced order) {
        try {
            client.postOrder(order).require(200);
            return true;
        } catch (TrafficException e) {
            firstFailure.compareAndSet(null, e.getMessage());
            return false;
        }
    }

    private int awaitShipments(List<String> orders, Duration timeout, Progress shipping) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<String> missing = orders;
        while (true) {
            missing = missing(missing);
            shipping.at(orders.size() - missing.size(), orders.size());
            if (missing.isEmpty() || System.nanoTime() > deadline) {
                return orders.size() - missing.size();
            }
            sleepUntil(System.nanoTime() + POLL.toNanos());
        }
    }

    private List<String> missing(List<String> orders) {
        ConcurrentLinkedQueue<String> missing = new ConcurrentLinkedQueue<>();
        Semaphore calls = new Semaphore(CONCURRENT_CALLS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String order : orders) {
                calls.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        if (!shipped(order)) {
                            missing.add(order);
                        }
                    } finally {
                        calls.release();
                    }
                });
            }
        }
        return List.copyOf(missing);
    }

    private boolean shipped(String order) {
        try {
            return client.get(client.urls().consumer(), "/shipments/" + order).status() == 200;
        } catch (TrafficException e) {
            return false;
        }
    }

    private static void sleepUntil(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            try {
                Thread.sleep(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
