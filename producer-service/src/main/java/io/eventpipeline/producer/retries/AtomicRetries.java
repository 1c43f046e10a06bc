package io.eventpipeline.producer.retries;

import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.delivery.Receipt;
import io.eventpipeline.producer.delivery.transactions.TransactionPublisher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;

/**
 * Answers requests whose records are stored all or none: with an {@code Idempotency-Key} the answer
 * is stored in the same transaction, so that there is no moment in which it is lost and they are
 * not. Thread-safe; blocks its caller.
 */
public final class AtomicRetries {

    private final SafeRetries retries;
    private final TransactionPublisher transactions;

    AtomicRetries(SafeRetries retries, TransactionPublisher transactions) {
        this.retries = retries;
        this.transactions = transactions;
    }

    /**
     * Stores records as one transaction, or gives the answer of when they were stored.
     *
     * @param records those that were checked
     * @param toAnswer what the sender is told of the results; must not block
     * @see SafeRetries#answer(HttpServletRequest, String, byte[], java.util.function.Function)
     */
    public ResponseEntity<Object> answer(
            HttpServletRequest request,
            String route,
            byte[] body,
            List<OutgoingRecord> records,
            Function<List<DeliveryResult>, ResponseEntity<Object>> toAnswer) {
        return retries.answerAtomically(
                request,
                route,
                body,
                (patience, recorder) -> {
                    AtomicReference<ResponseEntity<Object>> recorded = new AtomicReference<>();
                    List<DeliveryResult> results =
                            transactions.publish(
                                    records,
                                    patience,
                                    receipts -> {
                                        var answer = toAnswer.apply(List.copyOf(receipts));
                                        recorded.set(answer);
                                        return recorder.record(answer).stream().toList();
                                    });
                    ResponseEntity<Object> answer = recorded.get();
                    boolean committed = results.stream().allMatch(Receipt.class::isInstance);
                    return committed && answer != null ? answer : toAnswer.apply(results);
                });
    }
}
