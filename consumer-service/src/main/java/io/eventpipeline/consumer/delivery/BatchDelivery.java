package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.deadletters.DeadLetterPublisher;
import io.eventpipeline.consumer.intake.Failure;
import io.eventpipeline.consumer.intake.FailureClassifier;
import io.eventpipeline.consumer.intake.ReadRecord;
import io.eventpipeline.consumer.intake.ReadRecord.Poison;
import io.eventpipeline.consumer.tables.EventTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transaction that makes "once" true: it moves the offsets of a batch by compare-and-set,
 * writes the rows of those partitions whose move succeeded, sends what is poison to its dead-letter
 * topic, and commits all of it or nothing. Thread-safe.
 *
 * <p>The offsets come first, so that a member which lost a partition is refused before it writes
 * anything, and so that all members take locks in one order. A dead letter is confirmed before the
 * commit, so it can be there twice, but never not at all.
 */
@Component
final class BatchDelivery {

    private static final Logger log = LoggerFactory.getLogger(BatchDelivery.class);

    private final OffsetRepository offsets;
    private final EventTables tables;
    private final DeadLetterPublisher deadLetters;
    private final TransactionTemplate transaction;
    private final CopyRecess recess;

    BatchDelivery(
            OffsetRepository offsets,
            EventTables tables,
            DeadLetterPublisher deadLetters,
            PlatformTransactionManager transactions,
            CopyRecess recess) {
        this.offsets = offsets;
        this.tables = tables;
        this.deadLetters = deadLetters;
        this.transaction = new TransactionTemplate(transactions);
        this.recess = recess;
    }

    /**
     * Delivers slices, at most one a partition.
     *
     * @param rules whether the offsets are moved with the rows, and how those are written
     * @throws CommitOutcomeUnknownException if the commit was sent and not answered
     * @throws RuntimeException if nothing was written
     */
    DeliveryResult deliver(String group, String owner, List<Slice> slices, GroupRules rules) {
        List<Slice> sorted = slices.stream().sorted(Slice.LOCK_ORDER).toList();
        RowWriter.Way usual = RowWriter.Way.of(rules.writes());
        try {
            return deliver(group, owner, sorted, rules.commits(), usual);
        } catch (RuntimeException e) {
            if (e instanceof CommitOutcomeUnknownException
                    || FailureClassifier.classify(e) != Failure.POISON) {
                throw e;
            }
            // A copy that collides with a row ends here too.
            return deliver(group, owner, sorted, rules.commits(), RowWriter.Way.CAREFULLY);
        }
    }

    private DeliveryResult deliver(
            String group, String owner, List<Slice> slices, CommitMode mode, RowWriter.Way way) {
        List<DeliveryResult> reached = new ArrayList<>(1);
        DeliveryResult result;
        try {
            result =
                    transaction.execute(status -> {
                        DeliveryResult written = write(group, owner, slices, mode, status, way);
                        reached.add(written);
                        return written;
                    });
        } catch (RuntimeException e) {
            if (reached.isEmpty()) {
                throw e;
            }
            throw new CommitOutcomeUnknownException(e);
        }
        result.deadLetters().forEach(letter -> log(group, letter));
        return result;
    }

    private DeliveryResult write(
            String group,
            String owner,
            List<Slice> slices,
            CommitMode mode,
            TransactionStatus status,
            RowWriter.Way way) {
        boolean[] moved = move(group, owner, slices, mode);
        List<Slice> accepted = new ArrayList<>();
        List<Slice> refused = new ArrayList<>();
        for (int i = 0; i < moved.length; i++) {
            (moved[i] ? accepted : refused).add(slices.get(i));
        }
        RowWriter rows = new RowWriter(tables, status, way, recess);
        rows.write(accepted);
        if (mode.storesOffsets()) {
            recount(group, accepted, rows);
        }
        List<Poison> letters = new ArrayList<>();
        for (Slice slice : accepted) {
            for (ReadRecord record : slice.records()) {
                if (record instanceof Poison poison) {
                    letters.add(poison);
                }
            }
        }
        letters.addAll(rows.poison());
        deadLetters.publish(group, letters);
        return new DeliveryResult(accepted, refused, rows.repeats(), letters);
    }

    /** A group that has its offsets in Kafka is not refused: unique ids alone keep repeats out. */
    private boolean[] move(String group, String owner, List<Slice> slices, CommitMode mode) {
        if (mode.storesOffsets()) {
            return offsets.move(group, owner, slices.stream().map(Slice::move).toList());
        }
        boolean[] all = new boolean[slices.size()];
        Arrays.fill(all, true);
        return all;
    }

    /** Most batches have neither repeats nor conflicts and save this round trip. */
    private void recount(String group, List<Slice> slices, RowWriter rows) {
        Map<TopicPartition, Integer> poison = new HashMap<>();
        rows.poison()
                .forEach(letter ->
                        poison.merge(
                                new TopicPartition(
                                        letter.source().topic(), letter.source().partition()),
                                1,
                                Integer::sum));
        for (Slice slice : slices) {
            int repeats = rows.repeats().getOrDefault(slice.partition(), 0);
            int letters = poison.getOrDefault(slice.partition(), 0);
            if (repeats + letters > 0) {
                offsets.recount(
                        group, slice.topicId(), slice.partition().partition(), repeats, letters);
            }
        }
    }

    private static void log(String group, Poison letter) {
        log.warn(
                "Group {} sent {}-{}@{} to {}: {}: {}",
                group,
                letter.source().topic(),
                letter.source().partition(),
                letter.source().offset(),
                DeadLetterPublisher.topicFor(letter.source().topic()),
                letter.cause().reason(),
                letter.cause().getMessage());
    }
}
