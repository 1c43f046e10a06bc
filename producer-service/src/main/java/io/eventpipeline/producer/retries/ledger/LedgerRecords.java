package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.retries.ledger.LedgerLine.State;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of the ledger and says where they go: the lower half of the partitions has
 * claims and answers, the upper half has answers that were written in a transaction. Thread-safe.
 */
final class LedgerRecords {

    private final TopicDefinition topic;
    private final Clock clock;

    LedgerRecords(TopicDefinition topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    OutgoingRecord ofClaim(Digest request, LedgerLine line) {
        return toRecord(request, line, partition(request));
    }

    OutgoingRecord ofAnswer(Claim claim, StoredAnswer answer, Instant expiry) {
        return toRecord(
                claim.request(), answered(claim, answer, expiry), partition(claim.request()));
    }

    OutgoingRecord ofAnswerInTransaction(Claim claim, StoredAnswer answer, Instant expiry) {
        return toRecord(
                claim.request(),
                answered(claim, answer, expiry),
                partition(claim.request()) + half());
    }

    /**
     * A request that may be sent again.
     *
     * @param fingerprint the content that it must have; null if it may have any
     * @param answer what its sender can ask for; null if it need not be kept
     */
    OutgoingRecord ofRelease(
            Claim claim,
            @Nullable Digest fingerprint,
            @Nullable StoredAnswer answer,
            Instant expiry) {
        return toRecord(
                claim.request(),
                ended(State.RELEASED, claim, fingerprint, answer, expiry),
                partition(claim.request()));
    }

    private static LedgerLine answered(Claim claim, StoredAnswer answer, Instant expiry) {
        return ended(State.DONE, claim, claim.fingerprint(), answer, expiry);
    }

    private static LedgerLine ended(
            State state,
            Claim claim,
            @Nullable Digest fingerprint,
            @Nullable StoredAnswer answer,
            Instant expiry) {
        return new LedgerLine(
                state,
                claim.number(),
                null,
                fingerprint == null ? null : fingerprint.toString(),
                null,
                null,
                expiry.toEpochMilli(),
                claim.delivery(),
                answer);
    }

    private OutgoingRecord toRecord(Digest request, LedgerLine line, int partition) {
        return new OutgoingRecord(
                null,
                topic,
                topic.profile(),
                partition,
                LedgerLine.key(request, line.state()),
                line.toBytes(),
                new RecordHeaders(),
                clock.millis());
    }

    private int partition(Digest request) {
        return (int) Math.floorMod(request.low(), (long) half());
    }

    private int half() {
        return Math.max(1, topic.partitions() / 2);
    }
}
