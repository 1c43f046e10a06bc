package io.eventpipeline.starter.kafka;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * UP while a broker answers, else DOWN with the reason; answers from what is known, without
 * waiting.
 */
final class KafkaHealthIndicator extends AbstractHealthIndicator {

    private final KafkaAvailability availability;

    KafkaHealthIndicator(KafkaAvailability availability) {
        this.availability = availability;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        availability
                .cluster()
                .ifPresentOrElse(
                        cluster ->
                                builder.up()
                                        .withDetail("clusterId", cluster.id())
                                        .withDetail("brokers", cluster.brokers()),
                        () ->
                                builder.down()
                                        .withDetail(
                                                "reason",
                                                availability.reason().orElse("not known")));
    }
}
