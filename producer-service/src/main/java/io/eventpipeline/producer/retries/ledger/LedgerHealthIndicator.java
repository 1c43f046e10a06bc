package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.producer.retries.ledger.LedgerReader.Progress;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** OUT_OF_SERVICE until the ledger was read to its end: before that a repeat is not recognised. */
final class LedgerHealthIndicator extends AbstractHealthIndicator {

    private final LedgerReader reader;
    private final LedgerIndex index;

    LedgerHealthIndicator(LedgerReader reader, LedgerIndex index) {
        this.reader = reader;
        this.index = index;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Progress progress = reader.progress();
        builder.up()
                .withDetail("requests", index.size())
                .withDetail("forgottenEarly", index.dropped());
        if (!progress.done()) {
            builder.outOfService()
                    .withDetail("reason", "The ledger of requests is being read")
                    .withDetail("read", progress.read())
                    .withDetail("total", progress.total());
        }
    }
}
