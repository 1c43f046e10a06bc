package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.deadletters.DeadLetterNotStoredException;
import io.eventpipeline.consumer.deadletters.DeadLetterPublisher;
import io.eventpipeline.consumer.intake.PoisonReason;
import io.eventpipeline.consumer.intake.PoisonRecordException;
import io.eventpipeline.consumer.intake.ReadRecord.Poison;
import io.eventpipeline.consumer.parallel.RecordTask;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Delivered;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Failed;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Refused;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an event until the target has it, or until it is clear that the target will never take it:
 * then it becomes a dead letter. Blocks the event's key meanwhile and no other. Thread-safe.
 */
final class WebhookDelivery implements RecordTask {

    private static final Logger log = LoggerFactory.getLogger(WebhookDelivery.class);

    private final WebhookTarget target;
    private final TargetGate gate;
    private final DeadLetterPublisher deadLetters;
    private final WebhookProperties properties;
    private final MeterRegistry meters;

    WebhookDelivery(
            WebhookTarget target,
            TargetGate gate,
            DeadLetterPublisher deadLetters,
            WebhookProperties properties,
            MeterRegistry meters) {
        this.target = target;
        this.gate = gate;
        this.deadLetters = deadLetters;
        this.properties = properties;
        this.meters = meters;
    }

    /** Why nothing can be sent at present. */
    Optional<String> reason() {
        return gate.reason();
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        Duration pause = properties.initialPause();
        int failures = 0;
        while (true) {
            switch (sendOnce(source)) {
                case Delivered _ -> {
                    return;
                }
                case Refused refused -> {
                    giveUp(source, refused.reason());
                    return;
                }
                case Failed failed -> {
                    failures++;
                    if (failures >= properties.maxAttempts()) {
                        giveUp(source, failed.reason() + " at each of " + failures + " attempts");
                        return;
                    }
                    Thread.sleep(pause);
                    pause = longer(pause);
                }
                case Unavailable _ -> log.trace("The gate says when to try again");
            }
        }
    }

    private WebhookOutcome sendOnce(ConsumerRecord<byte[], byte[]> source)
            throws InterruptedException {
        gate.await();
        boolean known = false;
        try {
            Timer.Sample started = Timer.start(meters);
            WebhookOutcome outcome = target.send(source);
            started.stop(
                    Timer.builder("pipeline.consumer.webhook.calls")
                            .description("calls of the webhook's target, by what came of them")
                            .tag("outcome", outcome.tag())
                            .register(meters));
            if (outcome instanceof Unavailable unavailable) {
                gate.unavailable(unavailable.reason(), unavailable.retryAfter());
            } else {
                gate.answered();
            }
            known = true;
            return outcome;
        } finally {
            if (!known) {
                gate.abandoned();
            }
        }
    }

    /** Without its dead letter a record is not done with: it waits until the letter is stored. */
    private void giveUp(ConsumerRecord<byte[], byte[]> source, String reason)
            throws InterruptedException {
        Poison letter = new Poison(source, new PoisonRecordException(PoisonReason.REFUSED, reason));
        Duration pause = properties.initialPause();
        while (true) {
            try {
                deadLetters.publish(WebhookListener.ID, List.of(letter));
                meters.counter("pipeline.consumer.webhook.dead.letters").increment();
                return;
            } catch (DeadLetterNotStoredException e) {
                log.warn("{}; trying again", e.getMessage());
                Thread.sleep(pause);
                pause = longer(pause);
            }
        }
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(properties.maxPause()) < 0 ? doubled : properties.maxPause();
    }
}
