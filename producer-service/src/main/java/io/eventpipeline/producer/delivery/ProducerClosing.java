package io.eventpipeline.producer.delivery;

import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes producers when the service ends. */
public final class ProducerClosing {

    private static final Logger log = LoggerFactory.getLogger(ProducerClosing.class);

    private ProducerClosing() {}

    /**
     * Closes all at once, because each may take its close time-out. Kafka's close may take longer
     * than it is given, since it waits for its network thread; who takes twice as long is left
     * alone.
     */
    public static void all(Stream<Runnable> closings, Duration closeTimeout)
            throws InterruptedException {
        Thread[] closers =
                closings.map(closing -> Thread.ofVirtual().start(closing)).toArray(Thread[]::new);
        long end = System.nanoTime() + closeTimeout.multipliedBy(2).toNanos();
        for (Thread closer : closers) {
            if (!closer.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                log.warn("A producer takes too long to close and is left alone");
            }
        }
    }
}
