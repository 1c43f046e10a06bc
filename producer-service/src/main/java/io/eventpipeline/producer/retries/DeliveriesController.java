package io.eventpipeline.producer.retries;

import io.eventpipeline.producer.retries.ledger.Digest;
import io.eventpipeline.producer.retries.ledger.RequestLedger;
import io.eventpipeline.producer.retries.ledger.Standing;
import io.eventpipeline.producer.retries.ledger.StoredAnswer;
import io.eventpipeline.starter.problem.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What became of requests that were answered with 202; any instance knows. */
@RestController
final class DeliveriesController {

    static final String PATH = "/deliveries/";

    private static final int RETRY_AFTER_SECONDS = 1;

    private final RequestLedger ledger;
    private final AnswerForms forms;

    DeliveriesController(RequestLedger ledger, AnswerForms forms) {
        this.ledger = ledger;
        this.forms = forms;
    }

    @GetMapping(PATH + "{id}")
    ResponseEntity<Object> delivery(@PathVariable String id) {
        if (!ledger.isReady()) {
            throw notNow("Which requests came before is being read");
        }
        Digest request = Digest.parse(id).orElseThrow(() -> SafeRetries.unknownDelivery(id));
        Standing standing =
                ledger.find(request)
                        .filter(Standing::delivery)
                        .orElseThrow(() -> SafeRetries.unknownDelivery(id));
        ResponseEntity.BodyBuilder ok = ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON);
        return switch (standing) {
            case Standing.InFlight _ ->
                    ok.header(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS))
                            .body(DeliveryState.pending(request));
            case Standing.Abandoned _ -> ok.body(DeliveryState.unknown(request));
            case Standing.Answered _ -> ok.body(done(request, standing));
            case Standing.Repeatable repeatable ->
                    ok.body(
                            repeatable.answered()
                                    ? done(request, standing)
                                    : DeliveryState.unknown(request));
        };
    }

    private DeliveryState done(Digest request, Standing standing) {
        StoredAnswer answer =
                ledger.answerOf(standing)
                        .orElseThrow(() -> notNow("The answer cannot be read now"));
        return DeliveryState.done(request, answer.status(), forms.embedded(answer));
    }

    private static RuntimeException notNow(String detail) {
        return ProblemType.STATE_UNAVAILABLE.exception(detail, RETRY_AFTER_SECONDS);
    }
}
