package io.eventpipeline.model.commerce;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * An order or a payment stayed without its other half in the matching window. Written by the
 * payments topology, keyed by customer.
 *
 * @param missing which half did not come
 * @param orderId the order, which both halves name
 * @param customer the record key
 * @param paymentId the payment that has no order; absent when the payment is what is missing
 * @param amount of the half that came, in {@code currency}
 * @param currency ISO 4217 code of {@code amount}
 * @param occurredAt the time of the half that came
 */
@EventType("io.eventpipeline.payment.unmatched.v1")
public record PaymentUnmatched(
        @NotNull Half missing,
        @NotNull OrderId orderId,
        @NotNull CustomerId customer,
        @Nullable PaymentId paymentId,
        @NotNull BigDecimal amount,
        @NotNull Currency currency,
        @NotNull Instant occurredAt)
        implements CommerceEvent {

    /** The two halves of a paid order. */
    public enum Half {
        /** The order did not come. */
        @JsonProperty("order")
        ORDER,
        /** The payment did not come. */
        @JsonProperty("payment")
        PAYMENT
    }

    @Override
    public String key() {
        return customer.value();
    }
}
