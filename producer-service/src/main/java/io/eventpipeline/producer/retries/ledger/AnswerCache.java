package io.eventpipeline.producer.retries.ledger;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest answers by their place in the log: most repeats come soon. Thread-safe. */
final class AnswerCache {

    private final Map<Long, StoredAnswer> answers = new LinkedHashMap<>();
    private final long maxChars;
    private long chars;

    AnswerCache(long maxChars) {
        this.maxChars = maxChars;
    }

    synchronized void put(long place, StoredAnswer answer) {
        StoredAnswer before = answers.put(place, answer);
        chars += answer.body().length() - (before == null ? 0 : before.body().length());
        Iterator<StoredAnswer> oldest = answers.values().iterator();
        while (chars > maxChars && oldest.hasNext()) {
            chars -= oldest.next().body().length();
            oldest.remove();
        }
    }

    synchronized Optional<StoredAnswer> find(long place) {
        return Optional.ofNullable(answers.get(place));
    }
}
