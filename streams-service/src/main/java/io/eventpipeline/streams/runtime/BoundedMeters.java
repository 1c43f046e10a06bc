package io.eventpipeline.streams.runtime;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Leaves out the client metrics that multiply: RocksDB alone has about eighty for each store and
 * partition, and every broker and partition has some more. What stays grows by one series a
 * partition (its lag) and by two a store and partition. Thread-safe.
 */
final class BoundedMeters implements MeterFilter {

    private static final String STORES = "kafka.stream.state.";
    private static final Set<String> KEPT_OF_STORES =
            Set.of(STORES + "estimate.num.keys", STORES + "total.sst.files.size");
    private static final Set<String> OF_BROKERS =
            Set.of("kafka.consumer.node.", "kafka.producer.node.");
    private static final String LAG = "records.lag";

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String name = id.getName();
        boolean multiplies =
                (name.startsWith(STORES) && !KEPT_OF_STORES.contains(name))
                        || OF_BROKERS.stream().anyMatch(name::startsWith)
                        || (name.startsWith("kafka.consumer.fetch.")
                                && id.getTag("partition") != null
                                && !name.endsWith(LAG));
        return multiplies ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }
}
