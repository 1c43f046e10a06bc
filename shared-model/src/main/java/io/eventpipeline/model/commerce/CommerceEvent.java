package io.eventpipeline.model.commerce;

import io.eventpipeline.model.event.Event;

/**
 * An event of the shop; all are keyed by customer, but {@link ProductListed}, which is keyed by
 * sku.
 */
public sealed interface CommerceEvent extends Event
        permits OrderPlaced,
                AddressChanged,
                ProductListed,
                PaymentCaptured,
                PaymentUnmatched,
                ShipmentRequested {}
