package io.eventpipeline.consumer.deadletters.triage;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * The health component {@code deadLetters}: how many are open, as a fact. Letters are a reason to
 * look at, not an illness of this service, so it is always UP.
 */
@Component
final class DeadLettersHealthIndicator extends AbstractHealthIndicator {

    private final DeadLetterMetrics metrics;
    private final DeadLetterIndexer indexer;

    DeadLettersHealthIndicator(DeadLetterMetrics metrics, DeadLetterIndexer indexer) {
        this.metrics = metrics;
        this.indexer = indexer;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("open", metrics.total());
        String waitingFor = indexer.waitingFor();
        if (!waitingFor.isEmpty()) {
            builder.withDetail("notRead", waitingFor);
        }
    }
}
