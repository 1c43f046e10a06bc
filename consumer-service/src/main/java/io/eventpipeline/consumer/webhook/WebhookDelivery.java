package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.parallel.RecordTask;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Delivered;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Failure;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Refused;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Unavailable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an event until the target has it, or until it is clear that the target will never take it:
 * then it becomes a dead letter. Blocks the event's key meanwhile and no other. Thread-safe.
 */
final class WebhookDelivery implements RecordTask {

    private static final Logger log = LoggerFactory.getLogger(WebhookDelivery.class);

    private final WebhookCalls calls;
    private final WebhookDeadLetters deadLetters;
    private final WebhookProperties properties;

    WebhookDelivery(
            WebhookCalls calls, WebhookDeadLetters deadLetters, WebhookProperties properties) {
        this.calls = calls;
        this.deadLetters = deadLetters;
        this.properties = properties;
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        BackOff backOff = new BackOff(properties);
        int attempt = 1;
        while (true) {
            switch (calls.once(source)) {
                case Delivered _ -> {
                    return;
                }
                case Refused refused -> {
                    deadLetters.store(source, refused.reason(), attempt);
                    return;
                }
                case Failure failure -> {
                    if (attempt >= properties.maxAttempts()) {
                        deadLetters.storeAfterAll(source, failure, attempt);
                        return;
                    }
                    attempt++;
                    backOff.pause();
                }
                case Unavailable _ -> log.trace("The gate says when to try again");
            }
        }
    }
}
