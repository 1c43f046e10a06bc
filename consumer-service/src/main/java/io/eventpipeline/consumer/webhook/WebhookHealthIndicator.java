package io.eventpipeline.consumer.webhook;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health component {@code webhook}: UP while the target answers, else DEGRADED with the reason.
 * It leaves readiness alone: nobody else waits for the target.
 */
final class WebhookHealthIndicator extends AbstractHealthIndicator {

    private final WebhookCalls calls;
    private final WebhookListeners listeners;
    private final WebhookMembers members;

    WebhookHealthIndicator(WebhookCalls calls, WebhookListeners listeners, WebhookMembers members) {
        this.calls = calls;
        this.listeners = listeners;
        this.members = members;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("pending", members.pending(WebhookListener.ID));
        listeners.all().stream()
                .map(WebhookListener::id)
                .filter(id -> !id.equals(WebhookListener.ID))
                .forEach(id -> builder.withDetail(id, members.pending(id)));
        calls.reason().ifPresent(reason -> builder.status("DEGRADED").withDetail("reason", reason));
    }
}
