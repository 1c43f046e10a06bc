package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.parallel.RecordTask;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Delivered;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Failure;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Refused;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Unanswered;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Unavailable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an event once, and where the target fails on it, to the retry topic of its next attempt, so
 * that nobody waits for it; after the last attempt it becomes a dead letter. One instance reads the
 * events' own topics, and one the retry topics of each number. Thread-safe.
 *
 * <p>While the target is away, nothing is passed on: the next event would fare no better.
 */
final class RetryTopicDelivery implements RecordTask {

    private static final Logger log = LoggerFactory.getLogger(RetryTopicDelivery.class);

    /** The number of the events' own topics. */
    static final int NOT_A_RETRY = -1;

    private static final int MOST_SLOW_KEYS = 10_000;

    private final int number;
    private final WebhookCalls calls;
    private final RetryTopics retries;
    private final WebhookDeadLetters deadLetters;
    private final int maxAttempts;
    private final Map<ByteBuffer, Long> slowKeys = new ConcurrentHashMap<>();

    RetryTopicDelivery(
            int number,
            WebhookCalls calls,
            RetryTopics retries,
            WebhookDeadLetters deadLetters,
            WebhookProperties properties) {
        this.number = number;
        this.calls = calls;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.maxAttempts = properties.maxAttempts();
    }

    @Override
    public Duration dueIn(ConsumerRecord<byte[], byte[]> source) {
        return number == NOT_A_RETRY
                ? Duration.ZERO
                : retries.dueIn(RetriedRecord.read(source), number);
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> polled) throws InterruptedException {
        RetriedRecord next =
                number == NOT_A_RETRY
                        ? new RetriedRecord(polled, 1, 0)
                        : RetriedRecord.read(polled);
        if (number == NOT_A_RETRY && isSlow(polled.key())) {
            retries.store(next, 1, "The target was slow with an earlier event of this key");
            return;
        }
        while (true) {
            switch (calls.once(next.source())) {
                case Delivered _ -> {
                    return;
                }
                case Refused refused -> {
                    deadLetters.store(next.source(), refused.reason(), next.attempt());
                    return;
                }
                case Failure failure -> {
                    if (failure instanceof Unanswered) {
                        rememberSlow(polled.key());
                    }
                    passOn(next, failure);
                    return;
                }
                case Unavailable _ -> log.trace("The gate says when to try again");
            }
        }
    }

    private void passOn(RetriedRecord failed, Failure failure) throws InterruptedException {
        if (failed.attempt() >= maxAttempts) {
            deadLetters.storeAfterAll(failed.source(), failure, failed.attempt());
        } else {
            retries.store(failed, failed.attempt() + 1, failure.reason());
        }
    }

    /**
     * Whether the target left an event of this key without answer within the first delay. Each
     * further one would hold up the partition for as long as an answer may take.
     */
    private boolean isSlow(byte[] key) {
        Long since = key == null ? null : slowKeys.get(ByteBuffer.wrap(key));
        return since != null && System.nanoTime() - since < retries.delay(0).toNanos();
    }

    private void rememberSlow(byte[] key) {
        if (key == null || number != NOT_A_RETRY) {
            return;
        }
        long now = System.nanoTime();
        if (slowKeys.size() >= MOST_SLOW_KEYS) {
            slowKeys.values().removeIf(since -> now - since >= retries.delay(0).toNanos());
        }
        slowKeys.put(ByteBuffer.wrap(key), now);
    }
}
