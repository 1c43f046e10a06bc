package io.eventpipeline.producer.delivery;

import java.util.Locale;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * OUT_OF_SERVICE while the buffer of a producer is nearly full: the next events would be refused,
 * so a balancer should send them elsewhere.
 */
final class ProducerBufferHealthIndicator extends AbstractHealthIndicator {

    private final ProfileProducers producers;
    private final double minimumFree;

    ProducerBufferHealthIndicator(ProfileProducers producers, double minimumFree) {
        super("The producers' buffers could not be read");
        this.producers = producers;
        this.minimumFree = minimumFree;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        producers
                .all()
                .forEach((profile, producer) ->
                        producer.bufferFree()
                                .ifPresent(free -> {
                                    String name = profile.name().toLowerCase(Locale.ROOT);
                                    builder.withDetail(
                                            name + "FreePercent", Math.round(free * 100));
                                    if (free < minimumFree) {
                                        builder.outOfService()
                                                .withDetail(
                                                        "reason",
                                                        "The buffer of profile "
                                                                + name
                                                                + " is nearly full");
                                    }
                                }));
    }
}
