package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.webhook.WebhookOutcome.Unanswered;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Calls the target when it may be called, and decides whether the target is away or only slow with
 * one event: no answer in time is the event's fault if others were answered meanwhile. Thread-safe.
 */
final class WebhookCalls {

    private final WebhookTarget target;
    private final TargetGate gate;
    private final MeterRegistry meters;

    WebhookCalls(WebhookTarget target, TargetGate gate, MeterRegistry meters) {
        this.target = target;
        this.gate = gate;
        this.meters = meters;
    }

    /** Why nothing can be sent at present. */
    Optional<String> reason() {
        return gate.reason();
    }

    /** Waits until the target may be called, and sends an event once. */
    WebhookOutcome once(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        long call = gate.await();
        boolean known = false;
        try {
            long begin = System.nanoTime();
            Timer.Sample started = Timer.start(meters);
            WebhookOutcome outcome = target.send(source);
            if (outcome instanceof Unanswered late && !gate.hasAnsweredSince(begin)) {
                outcome = new Unavailable(late.reason(), Duration.ZERO);
            }
            started.stop(
                    Timer.builder("pipeline.consumer.webhook.calls")
                            .description("calls of the webhook's target, by what came of them")
                            .tag("outcome", outcome.tag())
                            .register(meters));
            if (outcome instanceof Unavailable unavailable) {
                gate.unavailable(call, unavailable.reason(), unavailable.retryAfter());
                known = true;
            } else if (!(outcome instanceof Unanswered)) {
                gate.answered(call);
                known = true;
            }
            return outcome;
        } finally {
            if (!known) {
                gate.abandoned(call);
            }
        }
    }
}
