package io.eventpipeline.producer.delivery;

import org.jspecify.annotations.Nullable;

/** What became of one event: a {@link Receipt}, or a {@link DeliveryFailure}. */
public sealed interface DeliveryResult permits Receipt, DeliveryFailure {

    /** The event's id, its {@code ce_id}; null if it has none. */
    @Nullable String eventId();

    /** The topic that it was meant for. */
    String topic();
}
