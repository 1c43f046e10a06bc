package io.eventpipeline.consumer.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.consumer.intake.PoisonRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * spring-kafka's recoverer, with two differences: it keeps the record's timestamp, and it sends all
 * letters of a batch before anyone waits for the first. For one batch and one thread.
 */
final class DeadLetterRecoverer extends DeadLetterPublishingRecoverer {

    private final List<CompletableFuture<?>> sent = new ArrayList<>();
    private boolean withValue = true;

    DeadLetterRecoverer(KafkaOperations<Object, Object> template, String group) {
        super(
                template,
                (letter, cause) ->
                        new TopicPartition(
                                DeadLetterPublisher.topicFor(letter.topic()), letter.partition()));
        // All topics of the catalogue have dead-letter topics with as many partitions.
        setVerifyPartition(false);
        setFailIfSendResultIsError(false);
        // The recoverer knows the group of its own containers' exceptions only.
        addHeadersFunction((letter, cause) -> {
            Headers headers =
                    new RecordHeaders()
                            .add(KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP, group.getBytes(UTF_8));
            if (cause instanceof PoisonRecordException poison) {
                headers.add(DeadLetterPublisher.REASON, poison.reason().tag().getBytes(UTF_8));
            }
            return headers;
        });
    }

    DeadLetterRecoverer withoutValue() {
        withValue = false;
        return this;
    }

    /** What was sent, in order. */
    List<CompletableFuture<?>> sent() {
        return sent;
    }

    @Override
    protected ProducerRecord<Object, Object> createProducerRecord(
            ConsumerRecord<?, ?> source,
            TopicPartition destination,
            Headers headers,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        if (!withValue) {
            headers.add(DeadLetterPublisher.VALUE_OMITTED, "too large".getBytes(UTF_8));
        }
        return new ProducerRecord<>(
                destination.topic(),
                destination.partition(),
                source.timestamp() < 0 ? null : source.timestamp(),
                source.key(),
                withValue ? source.value() : null,
                headers);
    }

    @Override
    protected void publish(
            ProducerRecord<Object, Object> letter,
            KafkaOperations<Object, Object> template,
            ConsumerRecord<?, ?> source) {
        try {
            sent.add(template.send(letter));
        } catch (RuntimeException e) {
            sent.add(CompletableFuture.failedFuture(e));
        }
    }
}
