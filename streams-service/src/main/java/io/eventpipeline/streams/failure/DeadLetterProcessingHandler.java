package io.eventpipeline.streams.failure;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters of records that a step refused (KIP-1033, Add Kafka Streams exception handler
 * for exceptions occurring during processing), and goes on. Every other exception fails, so that
 * the record is read again. Made by Kafka Streams, one for each task.
 */
public final class DeadLetterProcessingHandler implements ProcessingExceptionHandler {

    private DeadLetters deadLetters;

    /** Made by Kafka Streams, which calls {@link #configure} next. */
    @SuppressWarnings("NullAway.Init")
    public DeadLetterProcessingHandler() {}

    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = DeadLetters.of(configs);
    }

    /** The record is absent if a punctuation failed, and there is nothing to make a letter of. */
    @Override
    public Response handleError(
            ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception exception) {
        if (record == null || FailureClassifier.classify(exception) != Failure.POISON) {
            return Response.fail();
        }
        var letters =
                deadLetters.letterOf(
                        context, context.sourceRawKey(), context.sourceRawValue(), exception);
        return letters.isEmpty() ? Response.fail() : Response.resume(letters);
    }
}
