package io.eventpipeline.systemtests.checkers;

import io.eventpipeline.systemtests.history.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All checkers together. A run keeps the guarantees if none of them finds a breach. */
public final class GuaranteeSuite {

    private static final int SHOWN_BREACHES = 5;

    private final List<Checker> checkers;

    private GuaranteeSuite(List<Checker> checkers) {
        this.checkers = checkers;
    }

    /** The suite for orders that become rows and shipments. */
    public static GuaranteeSuite forOrders() {
        return new GuaranteeSuite(
                Stream.concat(withoutZombies(), Stream.of(new ZombieRefusedChecker())).toList());
    }

    /** The guarantees of orders in a run that freezes nobody, and so sees no zombie. */
    public static GuaranteeSuite forOrdersWithoutZombies() {
        return new GuaranteeSuite(withoutZombies().toList());
    }

    private static Stream<Checker> withoutZombies() {
        return Stream.of(
                new ReceiptChecker(),
                new NothingLostChecker(),
                new OnceChecker(),
                new ContentChecker(),
                new CustomerOrderChecker(),
                new OffsetChainChecker(),
                new OneTransactionChecker(),
                new RepeatsChecker(),
                new DrainedChecker(),
                new DeadLetterChecker());
    }

    /** How many breaches each checker found; checkers that found none are left out. */
    public Map<String, Integer> countBreaches(History history) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (Checker checker : checkers) {
            int breaches = checker.check(history).size();
            if (breaches > 0) {
                found.put(checker.getClass().getSimpleName(), breaches);
            }
        }
        return found;
    }

    /**
     * Demands that every guarantee was kept.
     *
     * @throws AssertionError with each broken promise, how often it was broken and the first
     *     breaches
     */
    public void verify(History history) {
        StringBuilder message = new StringBuilder();
        for (Checker checker : checkers) {
            List<String> breaches = checker.check(history);
            if (!breaches.isEmpty()) {
                message.append(
                        "%n%s is red, %d times. Promise: %s%n"
                                .formatted(
                                        checker.getClass().getSimpleName(),
                                        breaches.size(),
                                        checker.promise()));
                breaches.stream()
                        .limit(SHOWN_BREACHES)
                        .forEach(breach -> message.append("  - ").append(breach).append('\n'));
            }
        }
        if (!message.isEmpty()) {
            throw new AssertionError(message.toString());
        }
    }
}
