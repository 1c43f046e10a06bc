package io.eventpipeline.benchmarks.consuming;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends an order to each partition, round after round, until it is closed. */
public final class SteadyOrders implements AutoCloseable {

    private final Orders orders = new Orders(1);
    private final OrderSender sender;
    private final int partitions;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /** Begins to send, a round each time the pause is over. */
    public SteadyOrders(String bootstrapServers, int partitions, Duration pause) {
        this.sender = new OrderSender(bootstrapServers);
        this.partitions = partitions;
        var _ =
                rounds.scheduleWithFixedDelay(
                        this::send, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void send() {
        try {
            for (int partition = 0; partition < partitions; partition++) {
                sender.send(orders.next(), partition);
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    @Override
    public void close() {
        rounds.close();
        sender.close();
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
    }
}
