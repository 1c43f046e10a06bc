package io.eventpipeline.producer.ratelimits;

import io.eventpipeline.producer.ratelimits.Quota.Policy;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is left to one client or topic, in records and in bytes. Thread-safe. */
final class Quotas {

    private final @Nullable Quota records;
    private final @Nullable Quota bytes;

    private Quotas(@Nullable Quota records, @Nullable Quota bytes) {
        this.records = records;
        this.bytes = bytes;
    }

    /**
     * Full ones.
     *
     * @param policies what is limited, by {@link #policies}
     */
    static Quotas of(List<Policy> policies, TimeMeter clock) {
        Quota records = null;
        Quota bytes = null;
        for (Policy policy : policies) {
            if (policy.unit().equals(Policy.RECORDS)) {
                records = new Quota(policy, clock);
            } else {
                bytes = new Quota(policy, clock);
            }
        }
        return new Quotas(records, bytes);
    }

    /** What a setting limits. */
    static List<Policy> policies(String scope, RateLimitsProperties.Limit limit, Duration burst) {
        return Stream.of(
                        new Policy(
                                scope + "-records",
                                Policy.RECORDS,
                                limit.recordsPerSecond(),
                                burst),
                        new Policy(
                                scope + "-bytes",
                                Policy.BYTES,
                                limit.bytesPerSecond().toBytes(),
                                burst))
                .filter(policy -> policy.perSecond() > 0)
                .toList();
    }

    /** The one that is used up for the longest. */
    Optional<Quota> usedUp() {
        return all().filter(Quota::isUsedUp)
                .max((one, other) -> Long.compare(one.secondsToWait(), other.secondsToWait()));
    }

    /**
     * Takes so much.
     *
     * @return after how many nanoseconds all of it will have flowed back
     */
    long charge(long recordCount, long byteCount) {
        return Math.max(
                records == null ? 0 : records.charge(recordCount),
                bytes == null ? 0 : bytes.charge(byteCount));
    }

    Stream<Quota> all() {
        return Stream.of(Optional.ofNullable(records), Optional.ofNullable(bytes))
                .flatMap(Optional::stream);
    }
}
