package io.eventpipeline.consumer.webhook;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health component {@code webhook}: UP while the target answers, else DEGRADED with the reason.
 * It leaves readiness alone: nobody else waits for the target.
 */
final class WebhookHealthIndicator extends AbstractHealthIndicator {

    private final WebhookDelivery delivery;
    private final WebhookMembers members;

    WebhookHealthIndicator(WebhookDelivery delivery, WebhookMembers members) {
        this.delivery = delivery;
        this.members = members;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("pending", members.pending());
        delivery.reason()
                .ifPresent(reason -> builder.status("DEGRADED").withDetail("reason", reason));
    }
}
