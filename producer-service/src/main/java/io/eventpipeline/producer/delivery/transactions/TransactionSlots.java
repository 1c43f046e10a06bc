package io.eventpipeline.producer.delivery.transactions;

import io.eventpipeline.producer.delivery.ProducerClosing;
import io.eventpipeline.starter.topics.TopicsProvisionedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/**
 * The pool of transactional producers. Each has the id {@code
 * producer-service.<environment>.<instance>.<slot>}, the same in every life of the instance, and is
 * initialised when the service starts: so a restart ends at once what was open. Whatever may wait
 * for Kafka (opening, aborting, closing) is done in the background, never by a sender. Stopped
 * after the web server. Thread-safe.
 */
final class TransactionSlots implements SmartLifecycle {

    /** A producer that fails again and again is not made anew more often than this. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(TransactionSlots.class);

    private final List<TransactionSlot> all;
    private final Duration closeTimeout;
    private final TransactionMetrics metrics;

    /** The one used last is used next: it knows its topics, and its connections are warm. */
    private final BlockingDeque<TransactionSlot> free = new LinkedBlockingDeque<>();

    private final Set<TransactionSlot> used = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile boolean closing;

    TransactionSlots(
            String idPrefix,
            int size,
            TransactionalProducers producers,
            Duration closeTimeout,
            TransactionMetrics metrics) {
        this.all =
                IntStream.range(0, size)
                        .mapToObj(slot -> new TransactionSlot(idPrefix + "." + slot, producers))
                        .toList();
        this.closeTimeout = closeTimeout;
        this.metrics = metrics;
        metrics.showSlots("free", free::size);
        metrics.showSlots("used", used::size);
    }

    /** How many there are. */
    int size() {
        return all.size();
    }

    /** How many can be used or are; the others are being opened. */
    int open() {
        return free.size() + used.size();
    }

    /** Whether what fails now fails because the service ends. */
    boolean isClosing() {
        return closing;
    }

    /** Opens all: their topics exist now. */
    @EventListener(TopicsProvisionedEvent.class)
    void openAll() {
        all.forEach(slot -> inBackground(slot, () -> open(slot)));
    }

    /** A free slot, as soon as there is one; empty if there is none in that time. */
    Optional<TransactionSlot> take(Duration maxWait) {
        long start = System.nanoTime();
        try {
            TransactionSlot slot =
                    closing ? null : free.pollFirst(maxWait.toNanos(), TimeUnit.NANOSECONDS);
            if (slot != null) {
                used.add(slot);
            }
            return Optional.ofNullable(slot);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            metrics.waited(System.nanoTime() - start);
        }
    }

    /** Takes back a slot whose transaction was committed. */
    void giveBack(TransactionSlot slot) {
        leave(slot);
        free.addFirst(slot);
    }

    /** Takes back a slot whose transaction has to be aborted. */
    void abort(TransactionSlot slot) {
        inBackground(
                slot,
                () -> {
                    try {
                        slot.producer().abortTransaction();
                        giveBack(slot);
                    } catch (RuntimeException e) {
                        replace(slot, e);
                    }
                });
    }

    /** Takes back a slot whose producer is of no more use, or holds what cannot be waited for. */
    void renew(TransactionSlot slot, Exception failure) {
        inBackground(slot, () -> replace(slot, failure));
    }

    private void leave(TransactionSlot slot) {
        synchronized (used) {
            used.remove(slot);
            used.notifyAll();
        }
    }

    private static void inBackground(TransactionSlot slot, Runnable work) {
        Thread.ofVirtual().name("transactions-" + slot.transactionalId()).start(work);
    }

    private void replace(TransactionSlot slot, Exception failure) {
        leave(slot);
        if (closing) {
            return;
        }
        metrics.renewed();
        if (failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException) {
            log.warn(
                    "Somebody else took over {}, or its transaction took too long: do two instances"
                            + " have one name (pipeline.producer.instance)?",
                    slot.transactionalId(),
                    failure);
        } else {
            log.warn("The producer of {} is made anew", slot.transactionalId(), failure);
        }
        slot.close(closeTimeout);
        open(slot);
    }

    private void open(TransactionSlot slot) {
        boolean told = false;
        while (!closing) {
            try {
                slot.open();
                free.addFirst(slot);
                break;
            } catch (TimeoutException e) {
                if (!told) {
                    log.info("{} waits for Kafka: {}", slot.transactionalId(), e.getMessage());
                    told = true;
                }
            } catch (KafkaException e) {
                log.warn("{} cannot be opened, trying again", slot.transactionalId(), e);
                slot.close(Duration.ZERO);
                pause();
            }
        }
        if (closing) {
            slot.close(Duration.ZERO);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Lets transactions that are under way end, then ends the rest. */
    @Override
    public void stop() {
        closing = true;
        try {
            awaitUsed();
            ProducerClosing.all(
                    all.stream().map(slot -> () -> slot.close(closeTimeout)), closeTimeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    private void awaitUsed() throws InterruptedException {
        long end = System.nanoTime() + closeTimeout.toNanos();
        synchronized (used) {
            long left = closeTimeout.toNanos();
            while (!used.isEmpty() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(used, left);
                left = end - System.nanoTime();
            }
        }
        used.forEach(slot ->
                log.warn(
                        "The transaction of {} did not end before the service: it is aborted unless"
                                + " its commit is under way",
                        slot.transactionalId()));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Below the web server's phase: started before it, stopped after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
