package io.eventpipeline.streams.queries;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.totals.OrderTotal;
import io.eventpipeline.streams.totals.OrderTotalsProperties;
import io.eventpipeline.streams.totals.OrderTotalsTopology;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.streams.query.VersionedKeyQuery;
import org.apache.kafka.streams.state.VersionedRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /totals/{customer}?sku=&at=}: what a customer had ordered at a moment, of one product
 * or in all.
 */
@RestController
class TotalsController {

    private final KeyAnswers answers;
    private final OrderTotalsProperties settings;
    private final InstantSource clock = InstantSource.system();

    TotalsController(KeyAnswers answers, OrderTotalsProperties settings) {
        this.answers = answers;
        this.settings = settings;
    }

    /**
     * The answer.
     *
     * @param customer who ordered
     * @param sku what; absent for everything
     * @param at the moment; absent for now
     * @param since when the newest order in the total was placed
     * @param orders how many orders
     * @param quantity how many pieces
     * @param amounts how much money, by currency
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Total(
            String customer,
            @Nullable String sku,
            @Nullable Instant at,
            Instant since,
            long orders,
            long quantity,
            Map<String, BigDecimal> amounts) {}

    @GetMapping("/totals/{customer}")
    ResponseEntity<byte[]> total(
            @PathVariable String customer,
            @RequestParam(required = false) @Nullable String sku,
            @RequestParam(name = "at", required = false) @Nullable String atText,
            HttpServletRequest request) {
        Instant at = Parameters.instant("at", atText);
        CustomerId who = Parameters.customer(customer);
        Sku what = sku == null ? null : Parameters.sku(sku);
        String key =
                what == null ? OrderTotalsTopology.key(who) : OrderTotalsTopology.key(who, what);
        VersionedKeyQuery<String, OrderTotal> query = VersionedKeyQuery.withKey(key);
        return answers.answer(
                request,
                new KeyQuestion<>(
                        OrderTotalsTopology.TOTALS_STORE,
                        PipelineTopic.ORDER_PLACED,
                        who.value(),
                        at == null ? query : query.asOf(at),
                        null,
                        (found, before) -> found == null ? null : describe(who, what, at, found)),
                () -> {
                    throw absent(who, what, at);
                });
    }

    private static Total describe(
            CustomerId who,
            @Nullable Sku what,
            @Nullable Instant at,
            VersionedRecord<OrderTotal> found) {
        OrderTotal total = found.value();
        return new Total(
                who.value(),
                what == null ? null : what.value(),
                at,
                Instant.ofEpochMilli(found.timestamp()),
                total.orders(),
                total.quantity(),
                total.amounts());
    }

    /** Beyond the history nothing is known, not even that there was nothing. */
    private ErrorResponseException absent(
            CustomerId who, @Nullable Sku what, @Nullable Instant at) {
        if (at != null && at.isBefore(clock.instant().minus(settings.history()))) {
            return ProblemType.INVALID_PARAMETER.exception(
                    "at must not be more than %d hours ago: older totals are not kept"
                            .formatted(settings.history().toHours()));
        }
        return ProblemType.NOT_FOUND.exception(
                "No order of customer '%s'%s is known%s"
                        .formatted(
                                who,
                                what == null ? "" : " for '" + what + "'",
                                at == null ? "" : " up to " + at));
    }
}
