package io.eventpipeline.producer.ratelimits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * What is left of one limit. Whoever comes while something is left is let in and charged in full,
 * so that a request larger than what is left gets through, too; what it took too much has to flow
 * back before the next. Thread-safe.
 */
final class Quota {

    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final Policy policy;
    private final Bucket bucket;

    /**
     * A limit as clients are told it (draft-ietf-httpapi-ratelimit-headers-10, work in progress,
     * section 3).
     *
     * @param name which limit it is
     * @param unit of what: {@link #BYTES} is the draft's word, {@link #RECORDS} ours
     * @param perSecond so much flows back
     * @param burst so many seconds' worth are saved up
     */
    record Policy(String name, String unit, long perSecond, Duration burst) {

        static final String RECORDS = "records";
        static final String BYTES = "content-bytes";

        long capacity() {
            return perSecond * burst.toSeconds();
        }

        /** Of what, in words for people. */
        String word() {
            return unit.equals(BYTES) ? "bytes" : unit;
        }

        /** An item of the {@code RateLimit-Policy} field. */
        String field() {
            return "\"%s\";q=%d;qu=\"%s\";w=%d"
                    .formatted(name, capacity(), unit, burst.toSeconds());
        }
    }

    Quota(Policy policy, TimeMeter clock) {
        this.policy = policy;
        this.bucket =
                Bucket.builder()
                        .addLimit(limit ->
                                limit.capacity(policy.capacity())
                                        .refillGreedy(policy.perSecond(), Duration.ofSeconds(1)))
                        .withCustomTimePrecision(clock)
                        .build();
    }

    Policy policy() {
        return policy;
    }

    boolean isUsedUp() {
        return bucket.getAvailableTokens() <= 0;
    }

    /**
     * Takes so much, even if less is left.
     *
     * @return after how many nanoseconds it will have flowed back; 0 if it was there
     */
    long charge(long count) {
        return count > 0 ? bucket.consumeIgnoringRateLimits(count) : 0;
    }

    /** After how many whole seconds something is left again; at least one. */
    long secondsToWait() {
        return Math.max(1, seconds(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill()));
    }

    /** An item of the {@code RateLimit} field. */
    String field() {
        long left = bucket.getAvailableTokens();
        long missing = policy.capacity() - left;
        long restored = (missing + policy.perSecond() - 1) / policy.perSecond();
        return "\"%s\";r=%d;t=%d"
                .formatted(policy.name(), Math.max(0, left), left > 0 ? restored : secondsToWait());
    }

    private static long seconds(long nanos) {
        return (nanos + NANOS - 1) / NANOS;
    }
}
