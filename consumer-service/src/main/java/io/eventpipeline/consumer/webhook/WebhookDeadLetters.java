package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.deadletters.DeadLetterNotStoredException;
import io.eventpipeline.consumer.deadletters.DeadLetterPublisher;
import io.eventpipeline.consumer.intake.PoisonReason;
import io.eventpipeline.consumer.intake.PoisonRecordException;
import io.eventpipeline.consumer.intake.ReadRecord.Poison;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes dead letters of events that the target will not take. Thread-safe. */
final class WebhookDeadLetters {

    private static final Logger log = LoggerFactory.getLogger(WebhookDeadLetters.class);

    private final DeadLetterPublisher publisher;
    private final WebhookProperties properties;
    private final MeterRegistry meters;

    WebhookDeadLetters(
            DeadLetterPublisher publisher, WebhookProperties properties, MeterRegistry meters) {
        this.publisher = publisher;
        this.properties = properties;
        this.meters = meters;
    }

    /** As {@link #store}, of an event that the target failed on at each of its attempts. */
    void storeAfterAll(ConsumerRecord<byte[], byte[]> source, Failure last, int attempts)
            throws InterruptedException {
        store(source, last.reason() + " at each of " + attempts + " attempts", attempts);
    }

    /**
     * Returns when the letter is stored: without it a record is not done with.
     *
     * @param attempts how often the target was tried
     */
    void store(ConsumerRecord<byte[], byte[]> source, String reason, int attempts)
            throws InterruptedException {
        Poison letter =
                new Poison(
                        RetriedRecord.withAttempts(source, attempts),
                        new PoisonRecordException(PoisonReason.REFUSED, reason));
        BackOff backOff = new BackOff(properties);
        while (true) {
            try {
                publisher.publish(WebhookListener.ID, List.of(letter));
                meters.counter("pipeline.consumer.webhook.dead.letters").increment();
                return;
            } catch (DeadLetterNotStoredException e) {
                log.warn("{}; trying again", e.getMessage());
                backOff.pause();
            }
        }
    }
}
