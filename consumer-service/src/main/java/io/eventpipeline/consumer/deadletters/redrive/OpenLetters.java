package io.eventpipeline.consumer.deadletters.redrive;

import io.eventpipeline.consumer.deadletters.redrive.DecidedLetter.Outcome;
import io.eventpipeline.consumer.deadletters.triage.LetterPosition;
import io.eventpipeline.consumer.deadletters.triage.LetterRepository;
import io.eventpipeline.consumer.deadletters.triage.LetterRow;
import io.eventpipeline.consumer.deadletters.triage.LetterState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open letters of a selection, a few at a time in the order of their records. Only those that
 * were there at the beginning: records that are sent back unmended are letters again while the
 * request still runs. For one request and one thread, within its transactions.
 */
final class OpenLetters {

    private final LetterRepository repository;
    private final LetterSelection selection;
    private final List<DecidedLetter> notOpen = new ArrayList<>();
    private List<LetterPosition> queue = List.of();
    private @Nullable LetterRow last;
    private long mark;
    private long matched;

    OpenLetters(LetterRepository repository, LetterSelection selection) {
        this.repository = repository;
        this.selection = selection;
    }

    /** Looks what there is. */
    void look() {
        if (!selection.isByPosition()) {
            mark = repository.mark();
            matched = repository.countOpen(selection.filter(), mark);
            return;
        }
        List<LetterRow> rows = repository.find(selection.positions());
        Set<LetterPosition> unknown = new HashSet<>(selection.positions());
        rows.forEach(row -> unknown.remove(row.letter()));
        unknown.forEach(position ->
                notOpen.add(
                        DecidedLetter.of(
                                position,
                                Outcome.UNKNOWN,
                                "There is no such letter, or retention removed it, or it is a copy"
                                        + " of another")));
        rows.stream()
                .filter(row -> row.state() != LetterState.OPEN)
                .forEach(row ->
                        notOpen.add(
                                DecidedLetter.of(
                                        row.letter(),
                                        Outcome.DECIDED_BEFORE,
                                        row.state().text() + " at " + row.decidedAt())));
        queue =
                rows.stream()
                        .filter(row -> row.state() == LetterState.OPEN)
                        .map(LetterRow::letter)
                        .toList();
        matched = queue.size();
    }

    /** How many there were when it was looked. */
    long matched() {
        return matched;
    }

    /** Letters that were named and are not open. */
    List<DecidedLetter> notOpen() {
        return notOpen;
    }

    /** Open letters behind those that were passed. */
    List<LetterRow> next(int most) {
        if (!selection.isByPosition()) {
            return repository.findOpen(selection.filter(), mark, last, most);
        }
        return queue.isEmpty()
                ? List.of()
                : repository.find(queue.subList(0, Math.min(most, queue.size()))).stream()
                        .filter(row -> row.state() == LetterState.OPEN)
                        .toList();
    }

    /** Goes on behind some letters. */
    void pass(List<LetterRow> rows) {
        last = rows.getLast();
        Set<LetterPosition> passed = new HashSet<>();
        rows.forEach(row -> passed.add(row.letter()));
        queue = queue.stream().filter(position -> !passed.contains(position)).toList();
    }
}
