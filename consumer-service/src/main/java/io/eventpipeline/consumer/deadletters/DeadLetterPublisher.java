package io.eventpipeline.consumer.deadletters;

import io.eventpipeline.consumer.intake.ReadRecord.Poison;
import io.eventpipeline.model.topic.TopicDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Sends dead letters: to {@code <topic>-dlt}, same partition, with key, value, headers and
 * timestamp of the record and the failure in spring-kafka's {@code kafka_dlt-*} headers; acks=all,
 * idempotent. Returns when all are confirmed, so a record may be passed afterwards. A crash before
 * it is passed sends it again: at least once, told apart by source topic, partition and offset.
 * Thread-safe.
 */
@Component
public final class DeadLetterPublisher {

    /** How the headers begin that letters have beside those of spring-kafka. */
    public static final String HEADER_PREFIX = "pipeline_dlt-";

    /** Why the record cannot be processed, as a word of a small set: the metric's tag. */
    public static final String REASON = HEADER_PREFIX + "reason";

    /** Says that the value was left out because the letter would have been too large. */
    public static final String VALUE_OMITTED = HEADER_PREFIX + "value-omitted";

    private static final Duration TIMEOUT = LetterProducer.TIMEOUT;

    private final KafkaTemplate<Object, Object> template;

    DeadLetterPublisher(LetterProducer producer) {
        template = producer.template();
    }

    /** The topic for the dead letters of a topic. */
    public static String topicFor(String topic) {
        return topic + TopicDefinition.DEAD_LETTER_SUFFIX;
    }

    /**
     * Sends letters and waits for all of them.
     *
     * @param group the group that could not process them
     * @throws DeadLetterNotStoredException if one is not confirmed in time
     */
    public void publish(String group, List<Poison> letters) {
        if (letters.isEmpty()) {
            return;
        }
        DeadLetterRecoverer recoverer = new DeadLetterRecoverer(template, group);
        letters.forEach(letter -> recoverer.accept(letter.source(), null, letter.cause()));
        for (int i = 0; i < letters.size(); i++) {
            await(group, recoverer.sent().get(i), letters.get(i));
        }
    }

    private void await(String group, CompletableFuture<?> sent, Poison letter) {
        try {
            sent.get(TIMEOUT.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStored(letter, e);
        } catch (ExecutionException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof RecordTooLargeException) {
                    publishWithoutValue(group, letter);
                    return;
                }
            }
            throw notStored(letter, e);
        } catch (TimeoutException e) {
            throw notStored(letter, e);
        }
    }

    /**
     * The headers of the failure can make a record too large that was not. Its position is in them,
     * so that its value can be had from the topic as long as that keeps it.
     */
    private void publishWithoutValue(String group, Poison letter) {
        DeadLetterRecoverer recoverer = new DeadLetterRecoverer(template, group).withoutValue();
        recoverer.accept(letter.source(), null, letter.cause());
        try {
            recoverer
                    .sent()
                    .getFirst()
                    .get(TIMEOUT.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStored(letter, e);
        } catch (ExecutionException | TimeoutException e) {
            throw notStored(letter, e);
        }
    }

    private static DeadLetterNotStoredException notStored(Poison letter, Exception cause) {
        return new DeadLetterNotStoredException(
                "The dead letter of %s-%d@%d was not confirmed"
                        .formatted(
                                letter.source().topic(),
                                letter.source().partition(),
                                letter.source().offset()),
                cause);
    }
}
