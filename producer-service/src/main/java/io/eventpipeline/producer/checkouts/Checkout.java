package io.eventpipeline.producer.checkouts;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.producer.intake.EventDoor;
import io.eventpipeline.producer.intake.EventDoors;
import io.eventpipeline.producer.intake.EventReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An order and the payment for it. The two name the same order and the same customer, so that they
 * share a partition and find each other. Their amounts may differ: there are deposits, vouchers and
 * other currencies.
 *
 * @param order what was ordered
 * @param payment what was paid for it
 */
record Checkout(OrderPlaced order, PaymentCaptured payment) {

    private static final String ORDER = "order";
    private static final String PAYMENT = "payment";

    /**
     * More than a person or a program will mend at once; keeps the answer smaller than the body.
     */
    private static final int MOST_VIOLATIONS = 100;

    /**
     * Reads {@code {"order":{…},"payment":{…}}}.
     *
     * @throws io.eventpipeline.model.json.MalformedJsonException if it is not one JSON value
     * @throws InvalidEventException with all that is wrong; pointers start at the body's root
     */
    static Checkout read(byte[] body, EventReader reader) {
        JsonNode json = EventJson.readTree(body);
        List<Violation> violations = new ArrayList<>();
        if (!json.isObject()) {
            violations.add(new Violation("", "must be a JSON object"));
            throw invalid(violations);
        }
        OrderPlaced order = part(json, ORDER, EventDoors.ORDERS, reader, violations);
        PaymentCaptured payment = part(json, PAYMENT, EventDoors.PAYMENTS, reader, violations);
        json.propertyNames().stream()
                .filter(name -> !name.equals(ORDER) && !name.equals(PAYMENT))
                .map(name -> new Violation(pointer(name), "unknown field"))
                .forEach(violations::add);
        if (order == null || payment == null) {
            throw invalid(violations);
        }
        requireSame("orderId", order.orderId(), payment.orderId(), violations);
        requireSame("customer", order.customer(), payment.customer(), violations);
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return new Checkout(order, payment);
    }

    private static <E extends Event> @Nullable E part(
            JsonNode json,
            String name,
            EventDoor<E> door,
            EventReader reader,
            List<Violation> violations) {
        JsonNode part = json.get(name);
        if (part == null || part.isNull()) {
            violations.add(new Violation(pointer(name), "is required"));
            return null;
        }
        try {
            return reader.readOne(part, door);
        } catch (InvalidEventException e) {
            e.violations().forEach(violation -> violations.add(violation.below(pointer(name))));
            return null;
        }
    }

    private static void requireSame(
            String field, Object ofOrder, Object ofPayment, List<Violation> violations) {
        if (!ofOrder.equals(ofPayment)) {
            violations.add(
                    new Violation(
                            pointer(PAYMENT) + pointer(field), "must be the same as the order's"));
        }
    }

    /** As RFC 6901, section 3, writes a name. */
    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static InvalidEventException invalid(List<Violation> violations) {
        return new InvalidEventException(
                "checkout", violations.stream().limit(MOST_VIOLATIONS).toList());
    }
}
