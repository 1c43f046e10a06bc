package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.systemtests.load.OrderPlan;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders by one number, from 0, in the order of sending: the customers take turns. Immutable and
 * thread-safe.
 */
final class BulkPlan {

    private static final Pattern ORDER_ID = Pattern.compile("customer-(\\d+)-order-(\\d+)");

    private final OrderPlan plan;
    private final int customers;

    BulkPlan(long seed, int customers) {
        this.customers = customers;
        plan = new OrderPlan(seed, customers);
    }

    OrderPlaced order(int number) {
        return plan.order(customerOf(number), number / customers + 1);
    }

    /** Whose order it is, from 0. */
    int customerOf(int number) {
        return number % customers;
    }

    /** How many customers there are. */
    int customers() {
        return customers;
    }

    /** The number of an order; -1 if the plan never made it. */
    int numberOf(String orderId) {
        Matcher matcher = ORDER_ID.matcher(orderId);
        if (!matcher.matches()) {
            return -1;
        }
        int customer = Integer.parseInt(matcher.group(1)) - 1;
        int sequence = Integer.parseInt(matcher.group(2)) - 1;
        return sequence * customers + customer;
    }
}
