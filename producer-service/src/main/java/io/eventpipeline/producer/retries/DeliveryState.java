package io.eventpipeline.producer.retries;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventpipeline.producer.retries.ledger.Digest;
import org.jspecify.annotations.Nullable;

/**
 * How a request stands that was answered before it was done.
 *
 * @param deliveryId its id
 * @param state {@code pending}, {@code done}, or {@code unknown} if whoever worked on it died
 * @param status what it would have been answered with
 * @param answer the body of that
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryState(
        String deliveryId, String state, @Nullable Integer status, @Nullable Object answer) {

    static DeliveryState pending(Digest id) {
        return new DeliveryState(id.toString(), "pending", null, null);
    }

    static DeliveryState unknown(Digest id) {
        return new DeliveryState(id.toString(), "unknown", null, null);
    }

    static DeliveryState done(Digest id, int status, Object answer) {
        return new DeliveryState(id.toString(), "done", status, answer);
    }
}
