package io.eventpipeline.producer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.delivery.DeliveryFailure;
import io.eventpipeline.producer.delivery.DeliveryFailure.Outcome;
import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.Receipt;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

/** The status of an answer says what became of all of its events. */
class AnswersTests {

    private static final DeliveryResult STORED = new Receipt("e", "orders", 1, 7, 1_000);
    private static final DeliveryResult REFUSED =
            failed(ProblemType.OVERLOADED, Outcome.NOT_WRITTEN);
    private static final DeliveryResult LOST_SIGHT_OF =
            failed(ProblemType.OUTCOME_UNKNOWN, Outcome.UNKNOWN);

    private static DeliveryResult failed(ProblemType type, Outcome outcome) {
        return new DeliveryFailure("e", "orders", type, outcome, "detail");
    }

    private static int status(DeliveryResult... results) {
        return Answers.toAll(List.of(results)).getStatusCode().value();
    }

    @Test
    void isTheirStatusIfTheyShareOne() {
        assertThat(status(STORED, STORED)).isEqualTo(200);
        assertThat(status(REFUSED, REFUSED)).isEqualTo(503);
        assertThat(status(LOST_SIGHT_OF)).isEqualTo(504);
    }

    @Test
    void isMultiStatusIfTheyDiffer() {
        assertThat(status(STORED, REFUSED)).isEqualTo(207);
        assertThat(status(REFUSED, LOST_SIGHT_OF)).isEqualTo(207);
    }

    @Test
    void asksForARetryOnlyWhereNothingWasWritten() {
        assertThat(Answers.toOne(REFUSED).getHeaders().getFirst("Retry-After")).isEqualTo("1");
        ResponseEntity<Object> unknown = Answers.toOne(LOST_SIGHT_OF);
        assertThat(unknown.getStatusCode().value()).isEqualTo(504);
        assertThat(unknown.getHeaders().getFirst("Retry-After")).isNull();
    }
}
