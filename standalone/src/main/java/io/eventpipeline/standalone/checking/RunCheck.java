package io.eventpipeline.standalone.checking;

import io.eventpipeline.standalone.checking.Finding.Kind;
import io.eventpipeline.standalone.sending.NumberedRecord;
import io.eventpipeline.standalone.sending.RunId;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the records of one run, as they are read. Remembers some bits for each number and the last
 * number of each key, so that millions fit into little memory. With receipts it knows which numbers
 * have to be there; without them, all up to the highest. For one thread.
 */
public final class RunCheck {

    private final RunId run;
    private final int expected;
    private final @Nullable Receipts receipts;
    private final Consumer<Finding> told;
    private final BitSet seen = new BitSet();
    private final BitSet seenAsOther = new BitSet();
    private final BitSet seenInPlace = new BitSet();
    private final Map<String, Last> lastOfKey = new HashMap<>();
    private final Map<Kind, Integer> found = new EnumMap<>(Kind.class);
    private long records;

    private record Last(int number, int partition) {}

    /**
     * Creates a check.
     *
     * @param run whose records it is given
     * @param expected how many numbers there have to be without receipts; 0 for all up to the
     *     highest
     * @param receipts what the sender was told, if that is known
     * @param told hears of what is wrong, at once where that is possible
     */
    RunCheck(RunId run, int expected, @Nullable Receipts receipts, Consumer<Finding> told) {
        this.run = run;
        this.expected = expected;
        this.receipts = receipts;
        this.told = told;
    }

    /** Takes the next record of the run, in the order of its partition. */
    void take(NumberedRecord numbered, StoredRecord record) {
        int number = numbered.number();
        records++;
        if (!numbered.intact()) {
            find(Finding.at(Kind.ALTERED, run, number, record));
        }
        if (receipts != null && receipts.isPlacedAt(number, record)) {
            seenInPlace.set(number);
        }
        boolean ownEvent = isOwnEvent(number, record.eventId());
        if (seen.get(number)) {
            boolean same = ownEvent && !seenAsOther.get(number);
            find(Finding.at(same ? Kind.REPEAT : Kind.DOUBLE, run, number, record));
        } else {
            seen.set(number);
            checkOrder(number, record);
        }
        seenAsOther.set(number, seenAsOther.get(number) || !ownEvent);
    }

    /** Says what is missing, when all is read. */
    void end() {
        if (receipts == null) {
            int end = Math.max(seen.length(), expected);
            for (int from = seen.nextClearBit(0); from < end; ) {
                int next = seen.nextSetBit(from);
                int to = next < 0 ? end : next;
                find(Finding.missing(run, from, to - 1));
                from = seen.nextClearBit(to);
            }
            return;
        }
        BitSet acknowledged = receipts.acknowledged();
        for (int number = acknowledged.nextSetBit(0);
                number >= 0;
                number = acknowledged.nextSetBit(number + 1)) {
            if (!seen.get(number)) {
                find(receipt(Kind.LOST, number, receipts));
            } else if (receipts.offset(number) >= 0 && !seenInPlace.get(number)) {
                find(receipt(Kind.MISPLACED, number, receipts));
            }
        }
    }

    /** Whether nothing was found but repeats, which readers drop. */
    public boolean isPassed() {
        return found.keySet().stream().allMatch(kind -> kind == Kind.REPEAT);
    }

    /** The run that was checked. */
    public RunId run() {
        return run;
    }

    /** How many records of the run are in the topic. */
    public long records() {
        return records;
    }

    /** How many different numbers. */
    public int numbers() {
        return seen.cardinality();
    }

    /** The highest number; -1 if there is none. */
    public int highest() {
        return seen.length() - 1;
    }

    /** How many numbers that was found of. */
    public int found(Kind kind) {
        return found.getOrDefault(kind, 0);
    }

    private void checkOrder(int number, StoredRecord record) {
        // A record that was given up may come late: nobody was told that it is there.
        boolean promised = receipts == null || !receipts.isUnknown(number);
        if (receipts != null && receipts.isNotWritten(number)) {
            find(Finding.at(Kind.WRITTEN_AFTER_ALL, run, number, record));
        }
        if (record.key() == null || !promised) {
            return;
        }
        Last last = lastOfKey.get(record.key());
        if (last != null && last.partition != record.partition()) {
            find(Finding.at(Kind.MOVED, run, number, record));
        } else if (last != null && last.number > number) {
            find(Finding.at(Kind.DISORDER, run, number, record));
            return;
        }
        lastOfKey.put(record.key(), new Last(number, record.partition()));
    }

    private boolean isOwnEvent(int number, @Nullable String eventId) {
        String id = run.recordId(number);
        return eventId != null
                && eventId.startsWith(id)
                && (eventId.length() == id.length() || eventId.charAt(id.length()) == '/');
    }

    private Finding receipt(Kind kind, int number, Receipts known) {
        return new Finding(
                kind, run, number, number, null, known.partition(number), known.offset(number));
    }

    private void find(Finding finding) {
        found.merge(finding.kind(), finding.to() - finding.from() + 1, Integer::sum);
        told.accept(finding);
    }
}
