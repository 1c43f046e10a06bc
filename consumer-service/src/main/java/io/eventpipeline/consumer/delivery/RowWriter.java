package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.intake.Failure;
import io.eventpipeline.consumer.intake.FailureClassifier;
import io.eventpipeline.consumer.intake.PoisonReason;
import io.eventpipeline.consumer.intake.PoisonRecordException;
import io.eventpipeline.consumer.intake.ReadRecord;
import io.eventpipeline.consumer.intake.ReadRecord.Poison;
import io.eventpipeline.consumer.intake.ReadRecord.Valid;
import io.eventpipeline.consumer.tables.EventRow;
import io.eventpipeline.consumer.tables.EventTable;
import io.eventpipeline.consumer.tables.EventTables;
import io.eventpipeline.consumer.tables.StoredEvent;
import io.eventpipeline.model.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionStatus;

/**
 * Writes the events of one transaction into their tables and tells what became of each: a row, a
 * repeat (stored already with equal content), or poison. For one transaction and one thread.
 */
final class RowWriter {

    private final EventTables tables;
    private final TransactionStatus transaction;
    private final Way way;
    private final CopyRecess recess;
    private final Map<TopicPartition, Integer> repeats = new HashMap<>();
    private final List<Poison> poison = new ArrayList<>();

    /**
     * Creates a writer.
     *
     * @param way how to write
     * @param recess which events not to copy for now
     */
    RowWriter(EventTables tables, TransactionStatus transaction, Way way, CopyRecess recess) {
        this.tables = tables;
        this.transaction = transaction;
        this.way = way;
        this.recess = recess;
    }

    /** How many records of each partition were repeats. */
    Map<TopicPartition, Integer> repeats() {
        return repeats;
    }

    /** The records that turned out to be poison while they were written. */
    List<Poison> poison() {
        return poison;
    }

    /** Writes all events of some slices, by one statement a table if nothing is wrong. */
    void write(List<Slice> slices) {
        Map<Class<? extends Event>, List<Valid>> byType = new LinkedHashMap<>();
        for (Slice slice : slices) {
            for (ReadRecord record : slice.records()) {
                if (record instanceof Valid valid) {
                    byType.computeIfAbsent(valid.event().getClass(), type -> new ArrayList<>())
                            .add(valid);
                }
            }
        }
        byType.forEach(this::writeAll);
    }

    private <E extends Event> void writeAll(Class<E> type, List<Valid> records) {
        EventTable<E> table = tables.of(type);
        List<Candidate<E>> candidates =
                records.stream().map(record -> new Candidate<>(record, row(record, type))).toList();
        if (way == Way.CAREFULLY) {
            writeCarefully(table, candidates);
        } else if (way == Way.BY_COPY && recess.mayCopy(type)) {
            copy(table, candidates);
        } else {
            writeTogether(table, candidates);
        }
    }

    private static <E extends Event> EventRow<E> row(Valid record, Class<E> type) {
        return new EventRow<>(
                record.identity(),
                type.cast(record.event()),
                record.source().partition(),
                record.source().offset());
    }

    private <E extends Event> void copy(EventTable<E> table, List<Candidate<E>> candidates) {
        try {
            table.copy(candidates.stream().map(Candidate::row).toList());
            recess.succeeded(table.type());
        } catch (DataIntegrityViolationException e) {
            recess.failed(table.type());
            throw e;
        }
    }

    private <E extends Event> void writeCarefully(
            EventTable<E> table, List<Candidate<E>> candidates) {
        Object savepoint = transaction.createSavepoint();
        try {
            writeTogether(table, candidates);
            transaction.releaseSavepoint(savepoint);
        } catch (DataAccessException e) {
            if (FailureClassifier.classify(e) != Failure.POISON) {
                throw e;
            }
            transaction.rollbackToSavepoint(savepoint);
            if (candidates.size() == 1) {
                poison.add(candidates.getFirst().unstorable(e));
                return;
            }
            int half = candidates.size() / 2;
            writeCarefully(table, candidates.subList(0, half));
            writeCarefully(table, candidates.subList(half, candidates.size()));
        }
    }

    private <E extends Event> void writeTogether(
            EventTable<E> table, List<Candidate<E>> candidates) {
        List<EventRow<E>> rows = candidates.stream().map(Candidate::row).toList();
        List<EventRow<E>> stored = table.insert(rows);
        if (stored.size() == rows.size()) {
            return;
        }
        Set<EventRow<E>> done = new HashSet<>(stored);
        List<Candidate<E>> colliding =
                candidates.stream().filter(candidate -> !done.contains(candidate.row())).toList();
        List<StoredEvent<E>> there =
                table.findCollisions(colliding.stream().map(Candidate::row).toList());
        colliding.forEach(candidate -> decide(table, candidate, there));
    }

    private <E extends Event> void decide(
            EventTable<E> table, Candidate<E> candidate, List<StoredEvent<E>> there) {
        List<StoredEvent<E>> collisions =
                there.stream().filter(stored -> table.collide(stored, candidate.row())).toList();
        if (collisions.isEmpty()) {
            throw new ConcurrencyFailureException(
                    "A row that collided is gone: " + candidate.position());
        }
        if (collisions.stream()
                .allMatch(stored ->
                        table.haveEqualContent(stored.event(), candidate.row().event()))) {
            repeats.merge(candidate.partition(), 1, Integer::sum);
        } else {
            poison.add(candidate.conflicting(collisions));
        }
    }

    /** How rows are written. */
    enum Way {
        /** By {@code COPY}: any row that collides or is refused fails the whole transaction. */
        BY_COPY,
        /** By an insert that leaves out repeats: a row that is refused fails the transaction. */
        TOGETHER,
        /**
         * By inserts that find the rows which PostgreSQL refuses, by halving, with a savepoint for
         * each attempt.
         */
        CAREFULLY;

        static Way of(WriteMode mode) {
            return mode == WriteMode.COPY ? BY_COPY : TOGETHER;
        }
    }

    private record Candidate<E extends Event>(Valid record, EventRow<E> row) {

        TopicPartition partition() {
            return new TopicPartition(record.source().topic(), record.source().partition());
        }

        String position() {
            return partition() + "@" + record.source().offset();
        }

        Poison unstorable(DataAccessException cause) {
            return new Poison(
                    record.source(),
                    new PoisonRecordException(
                            PoisonReason.UNSTORABLE,
                            "PostgreSQL refuses the content: "
                                    + FailureClassifier.sqlStateOf(cause)));
        }

        Poison conflicting(List<StoredEvent<E>> collisions) {
            boolean sameIdentity =
                    collisions.stream()
                            .anyMatch(stored -> stored.identity().equals(row.identity()));
            return new Poison(
                    record.source(),
                    new PoisonRecordException(
                            PoisonReason.CONFLICT,
                            sameIdentity
                                    ? "An event with this source and id is stored with other"
                                            + " content"
                                    : "An event with this business id is stored with other"
                                            + " content"));
        }
    }
}
