package io.eventpipeline.streams.failure;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Makes dead letters of records that cannot be read, and goes on. Without a dead-letter topic it
 * fails: nothing is dropped. Made by Kafka Streams, one for each thread.
 */
public final class DeadLetterDeserializationHandler implements DeserializationExceptionHandler {

    private DeadLetters deadLetters;

    /** Made by Kafka Streams, which calls {@link #configure} next. */
    @SuppressWarnings("NullAway.Init")
    public DeadLetterDeserializationHandler() {}

    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = DeadLetters.of(configs);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context,
            ConsumerRecord<byte[], byte[]> record,
            Exception exception) {
        var letters = deadLetters.letterOf(context, record.key(), record.value(), exception);
        return letters.isEmpty() ? Response.fail() : Response.resume(letters);
    }
}
