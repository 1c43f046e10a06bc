package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.starter.topics.TopicsProvisionedEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/**
 * Reads from when the topics are there until the requests are finished: stopped after the web
 * server and background work, before the producers.
 */
final class LedgerLifecycle implements SmartLifecycle {

    private final LedgerReader reader;
    private final AnswerReader old;
    private volatile boolean running;

    LedgerLifecycle(LedgerReader reader, AnswerReader old) {
        this.reader = reader;
        this.old = old;
    }

    @EventListener(TopicsProvisionedEvent.class)
    void read() {
        reader.start();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        reader.stop();
        old.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Between the producers (0) and the background work. */
    @Override
    public int getPhase() {
        return 50;
    }
}
