package io.eventpipeline.consumer.webhook;

import java.time.Duration;

/** Pauses that grow up to a bound. For one thread. */
final class BackOff {

    private final Duration longest;
    private Duration next;

    BackOff(WebhookProperties properties) {
        next = properties.initialPause();
        longest = properties.maxPause();
    }

    void pause() throws InterruptedException {
        Thread.sleep(next);
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
