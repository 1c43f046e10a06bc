package io.eventpipeline.producer;

/** What Alice and Bob order. */
final class Orders {

    static final String ALICE = "alice";
    static final String BOB = "bob";

    private Orders() {}

    static String placedBy(String customer, String orderId) {
        return """
        {"orderId":"%s","customer":"%s","sku":"lamp","quantity":2,"amount":49.90,\
        "currency":"EUR","placedAt":"2026-11-01T12:00:00Z"}\
        """
                .formatted(orderId, customer);
    }

    /** An order with its payment. */
    static String checkoutOf(String customer, String orderId) {
        return """
        {"order":%s,"payment":{"paymentId":"p-%s","orderId":"%s","customer":"%s","amount":49.90,\
        "currency":"EUR","capturedAt":"2026-11-01T12:00:01Z"}}\
        """
                .formatted(placedBy(customer, orderId), orderId, orderId, customer);
    }
}
