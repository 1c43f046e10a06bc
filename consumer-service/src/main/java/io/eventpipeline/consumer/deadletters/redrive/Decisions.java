package io.eventpipeline.consumer.deadletters.redrive;

import io.eventpipeline.consumer.deadletters.redrive.DecidedLetter.Outcome;
import io.eventpipeline.consumer.deadletters.triage.DeadLetterIndexer;
import io.eventpipeline.consumer.deadletters.triage.LetterRepository;
import io.eventpipeline.consumer.deadletters.triage.LetterRow;
import io.eventpipeline.consumer.deadletters.triage.LetterState;
import io.eventpipeline.consumer.store.DatabaseReads;
import io.eventpipeline.starter.problem.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.ErrorResponseException;

/**
 * Decides about letters, some at a time: each portion in one database transaction, one of all
 * instances at once. Ends within a bound and says what is left. Thread-safe.
 */
@Component
class Decisions {

    /** How long a request works before it answers with what it has. */
    private static final Duration TIME = Duration.ofSeconds(15);

    private static final Duration TIME_FOR_NEWEST = Duration.ofSeconds(2);
    private static final int PORTION = 500;
    private static final long MOST_BYTES = 8L * 1024 * 1024;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final LetterRepository letters;
    private final DeadLetterIndexer indexer;
    private final DatabaseReads database;
    private final TransactionTemplate transaction;
    private final MeterRegistry registry;

    Decisions(
            LetterRepository letters,
            DeadLetterIndexer indexer,
            DatabaseReads database,
            PlatformTransactionManager transactions,
            MeterRegistry registry) {
        this.letters = letters;
        this.indexer = indexer;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.registry = registry;
    }

    /** What is done with a portion of letters, within its transaction. */
    interface Action {

        /** What becomes of each letter; nothing may be done if it is only a dry run. */
        List<DecidedLetter> decide(List<LetterRow> portion);

        /** Called when the transaction cannot keep what was decided, though it may be done. */
        default ErrorResponseException notKept(RuntimeException cause) {
            throw cause;
        }
    }

    /**
     * Decides about the letters of a request.
     *
     * @throws ErrorResponseException if nothing could be decided
     */
    DecisionAnswer decide(DecisionRequest request, Action action) {
        long deadline = System.nanoTime() + TIME.toNanos();
        indexer.awaitCaughtUp(TIME_FOR_NEWEST);
        OpenLetters open = new OpenLetters(letters, request.selection());
        database.read(() -> {
            open.look();
            return open;
        });
        List<DecidedLetter> decided = new ArrayList<>();
        String stopped = null;
        while (decided.size() < request.limit()) {
            if (System.nanoTime() > deadline) {
                stopped = "There was no more time; ask again";
                break;
            }
            try {
                int most = Math.min(PORTION, request.limit() - decided.size());
                List<DecidedLetter> portion =
                        database.read(() -> decidePortion(request, open, most, action));
                if (portion.isEmpty()) {
                    break;
                }
                decided.addAll(portion);
            } catch (ErrorResponseException e) {
                if (decided.isEmpty()) {
                    throw e;
                }
                stopped = e.getBody().getDetail();
                break;
            }
        }
        return answer(request, open, decided, stopped);
    }

    private List<DecidedLetter> decidePortion(
            DecisionRequest request, OpenLetters open, int most, Action action) {
        List<List<DecidedLetter>> reached = new ArrayList<>(1);
        try {
            List<DecidedLetter> decided =
                    transaction.execute(status -> {
                        if (!request.dryRun()) {
                            letters.lockDecisions();
                        }
                        List<LetterRow> portion = withinMemory(open.next(most));
                        if (portion.isEmpty()) {
                            return List.<DecidedLetter>of();
                        }
                        List<DecidedLetter> done = action.decide(portion);
                        reached.add(done);
                        keep(request, portion, done);
                        open.pass(portion);
                        return done;
                    });
            decided.forEach(letter -> count(letter.outcome()));
            return decided;
        } catch (ConcurrencyFailureException e) {
            if (!reached.isEmpty()) {
                throw action.notKept(e);
            }
            throw ProblemType.OVERLOADED.exception(
                    "Another decision about dead letters is under way", RETRY_AFTER_SECONDS);
        } catch (RuntimeException e) {
            if (reached.isEmpty() || request.dryRun()) {
                throw e;
            }
            throw action.notKept(e);
        }
    }

    private void keep(
            DecisionRequest request, List<LetterRow> portion, List<DecidedLetter> decided) {
        List<LetterRow> sent = new ArrayList<>();
        List<LetterRow> discarded = new ArrayList<>();
        for (int i = 0; i < portion.size(); i++) {
            switch (decided.get(i).outcome()) {
                case SENT -> sent.add(portion.get(i));
                case DISCARDED -> discarded.add(portion.get(i));
                default -> {}
            }
        }
        if (!sent.isEmpty()) {
            letters.decide(sent, LetterState.REDRIVEN, null);
        }
        if (!discarded.isEmpty()) {
            letters.decide(discarded, LetterState.DISCARDED, request.reason());
        }
    }

    /** At least one, however large. */
    private static List<LetterRow> withinMemory(List<LetterRow> rows) {
        long bytes = 0;
        for (int i = 0; i < rows.size(); i++) {
            bytes += rows.get(i).bytes();
            if (i > 0 && bytes > MOST_BYTES) {
                return rows.subList(0, i);
            }
        }
        return rows;
    }

    private void count(Outcome outcome) {
        if (outcome == Outcome.SENT || outcome == Outcome.DISCARDED) {
            registry.counter("pipeline.consumer.dead.letters.decided", "decision", outcome.text())
                    .increment();
        }
    }

    private static DecisionAnswer answer(
            DecisionRequest request,
            OpenLetters open,
            List<DecidedLetter> decided,
            @Nullable String stopped) {
        int done =
                (int)
                        decided.stream()
                                .filter(letter ->
                                        switch (letter.outcome()) {
                                            case SENT, DISCARDED, WOULD_SEND, WOULD_DISCARD -> true;
                                            default -> false;
                                        })
                                .count();
        List<DecidedLetter> shown = new ArrayList<>(open.notOpen());
        if (request.reason().isEmpty()) {
            shown.addAll(decided);
        }
        return new DecisionAnswer(
                request.dryRun(),
                open.matched(),
                done,
                decided.size() - done,
                Math.max(0, open.matched() - decided.size()),
                stopped,
                shown);
    }
}
