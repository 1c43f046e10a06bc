package io.eventpipeline.systemtests.checkers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What broke a promise: how often, and the first few cases. Confined to one thread. */
public final class Findings {

    private static final int SHOWN = 5;

    private final Map<String, Broken> broken = new LinkedHashMap<>();

    private static final class Broken {
        private final List<String> cases = new ArrayList<>();
        private long count;
    }

    /**
     * Notes a case.
     *
     * @param promise what was promised
     * @param sentence what was found, with topic, partition, offset or order
     */
    public void add(String promise, String sentence) {
        Broken one = broken.computeIfAbsent(promise, any -> new Broken());
        one.count++;
        if (one.cases.size() < SHOWN) {
            one.cases.add(sentence);
        }
    }

    /** Notes a case unless the promise was kept. */
    @SuppressWarnings("AnnotateFormatMethod") // Its annotation would be a dependency.
    public void require(
            boolean kept, String promise, String sentence, @Nullable Object... details) {
        if (!kept) {
            add(promise, sentence.formatted(details));
        }
    }

    /** How often a promise was broken. */
    public long count(String promise) {
        Broken one = broken.get(promise);
        return one == null ? 0 : one.count;
    }

    /** The promises that were broken, and how often. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        broken.forEach((promise, one) -> counts.put(promise, one.count));
        return counts;
    }

    /**
     * Demands that there is nothing.
     *
     * @throws AssertionError with each broken promise
     */
    public void verifyNone() {
        if (broken.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder();
        broken.forEach((promise, one) -> {
            message.append("%nbroken %d times: %s%n".formatted(one.count, promise));
            one.cases.forEach(sentence -> message.append("  - ").append(sentence).append('\n'));
        });
        throw new AssertionError(message.toString());
    }
}
