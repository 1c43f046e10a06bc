package io.eventpipeline.streams.payments;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.commerce.PaymentId;
import io.eventpipeline.model.commerce.PaymentUnmatched;
import io.eventpipeline.model.commerce.PaymentUnmatched.Half;
import io.eventpipeline.model.event.EventIdentity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An order or a payment, with what is needed to report it when its other half does not come.
 *
 * @param source {@code ce_source} of the event
 * @param id {@code ce_id} of the event
 * @param orderId what both halves name
 * @param customer whose it is
 * @param paymentId the payment; null for an order
 * @param amount in {@code currency}
 * @param currency of the amount
 * @param occurredAt the event's own time
 * @param traceparent the event's W3C trace context, if it had one
 */
record PaymentHalf(
        String source,
        String id,
        OrderId orderId,
        CustomerId customer,
        @Nullable PaymentId paymentId,
        BigDecimal amount,
        Currency currency,
        Instant occurredAt,
        @Nullable String traceparent) {

    static PaymentHalf of(OrderPlaced order, EventIdentity identity, Headers headers) {
        return new PaymentHalf(
                identity.source(),
                identity.id(),
                order.orderId(),
                order.customer(),
                null,
                order.amount(),
                order.currency(),
                order.placedAt(),
                CloudEventHeaders.traceparentOf(headers));
    }

    static PaymentHalf of(PaymentCaptured payment, EventIdentity identity, Headers headers) {
        return new PaymentHalf(
                identity.source(),
                identity.id(),
                payment.orderId(),
                payment.customer(),
                payment.paymentId(),
                payment.amount(),
                payment.currency(),
                payment.capturedAt(),
                CloudEventHeaders.traceparentOf(headers));
    }

    EventIdentity identity() {
        return new EventIdentity(source, id);
    }

    PaymentUnmatched unmatched() {
        return new PaymentUnmatched(
                paymentId == null ? Half.PAYMENT : Half.ORDER,
                orderId,
                customer,
                paymentId,
                amount,
                currency,
                occurredAt);
    }
}
