package io.eventpipeline.streams.failure;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * Makes dead letters of records whose result cannot be written as what it should be, and goes on. A
 * result that was not stored fails the thread, whatever the reason: in a transaction a failed send
 * cannot be skipped, the transaction has to be rolled back. Made by Kafka Streams, one for each
 * task.
 */
public final class DeadLetterProductionHandler implements ProductionExceptionHandler {

    private DeadLetters deadLetters;

    /** Made by Kafka Streams, which calls {@link #configure} next. */
    @SuppressWarnings("NullAway.Init")
    public DeadLetterProductionHandler() {}

    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = DeadLetters.of(configs);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context,
            ProducerRecord<byte[], byte[]> record,
            Exception exception) {
        return Response.fail();
    }

    @Override
    @SuppressWarnings("rawtypes") // The interface has it so.
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        if (FailureClassifier.classify(exception) != Failure.POISON) {
            return Response.fail();
        }
        var letters =
                deadLetters.letterOf(
                        context, context.sourceRawKey(), context.sourceRawValue(), exception);
        return letters.isEmpty() ? Response.fail() : Response.resume(letters);
    }
}
