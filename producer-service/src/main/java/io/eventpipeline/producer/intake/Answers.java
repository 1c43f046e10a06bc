package io.eventpipeline.producer.intake;

import io.eventpipeline.producer.delivery.DeliveryFailure;
import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.Receipt;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * What senders are told. One event: its receipt, or a problem. Several: a receipt or a problem for
 * each, in their order, with 207 if some failed or all with different statuses, else the status
 * that they share. The media type does not depend on {@code Accept}: what is stored is never
 * answered with 406. Stateless.
 */
public final class Answers {

    private static final String RETRY_AFTER_SECONDS = "1";

    private Answers() {}

    /**
     * The body of an answer to several events.
     *
     * @param records a {@link Receipt} or a {@link ProblemDetail} for each, in order
     */
    public record Several(List<Object> records) {}

    /** The answer to a request with one event. */
    public static ResponseEntity<Object> toOne(DeliveryResult result) {
        return switch (result) {
            case Receipt receipt ->
                    ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(receipt);
            case DeliveryFailure failure ->
                    status(failure.type().status())
                            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                            .body(problem(failure));
        };
    }

    /** The answer to a request that may have several. */
    public static ResponseEntity<Object> toAll(List<DeliveryResult> results) {
        List<Object> entries = new ArrayList<>(results.size());
        for (DeliveryResult result : results) {
            entries.add(entry(result));
        }
        return withStatusOfAll(results)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Several(entries));
    }

    /** An answer with the status that several results share, or 207; its body is to come. */
    public static ResponseEntity.BodyBuilder withStatusOfAll(List<DeliveryResult> results) {
        HttpStatus common = results.isEmpty() ? HttpStatus.OK : statusOf(results.getFirst());
        for (DeliveryResult result : results) {
            if (statusOf(result) != common) {
                return status(HttpStatus.MULTI_STATUS);
            }
        }
        return status(common);
    }

    private static HttpStatus statusOf(DeliveryResult result) {
        return switch (result) {
            case Receipt receipt -> HttpStatus.OK;
            case DeliveryFailure failure -> failure.type().status();
        };
    }

    private static Object entry(DeliveryResult result) {
        return switch (result) {
            case Receipt receipt -> receipt;
            case DeliveryFailure failure -> problem(failure);
        };
    }

    /** A failure as the problem that its sender is told. */
    public static ProblemDetail problem(DeliveryFailure failure) {
        ProblemDetail problem = failure.type().detail(failure.detail());
        problem.setProperty("outcome", failure.outcome().word());
        problem.setProperty("eventId", failure.eventId());
        problem.setProperty("topic", failure.topic());
        return problem;
    }

    private static ResponseEntity.BodyBuilder status(HttpStatus status) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        return status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS
                ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                : answer;
    }
}
