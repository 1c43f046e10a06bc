package io.eventpipeline.starter.topics;

import io.eventpipeline.model.topic.ProvisioningReport.Drift;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * OUT_OF_SERVICE until the topics exist; drift is shown as a detail, because the service works all
 * the same.
 */
final class TopicsHealthIndicator extends AbstractHealthIndicator {

    private final TopicProvisioning provisioning;

    TopicsHealthIndicator(TopicProvisioning provisioning) {
        this.provisioning = provisioning;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        provisioning
                .report()
                .ifPresentOrElse(
                        report ->
                                builder.up()
                                        .withDetail(
                                                "drift",
                                                report.drifts().stream()
                                                        .map(Drift::toString)
                                                        .toList()),
                        () ->
                                builder.outOfService()
                                        .withDetail("reason", provisioning.waitingFor()));
    }
}
