package io.eventpipeline.producer.delivery.transactions;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * DEGRADED while no transactional producer is open; one that is being renewed does not matter. Not
 * a part of readiness: everything that needs no transaction goes on.
 */
final class TransactionsHealthIndicator extends AbstractHealthIndicator {

    private final TransactionSlots slots;

    TransactionsHealthIndicator(TransactionSlots slots) {
        super("The transactional producers could not be asked");
        this.slots = slots;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        int open = slots.open();
        builder.up().withDetail("slots", slots.size()).withDetail("open", open);
        if (open == 0) {
            builder.status("DEGRADED")
                    .withDetail("reason", "No transactional producer is open yet, or again");
        }
    }
}
