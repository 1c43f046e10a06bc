package io.eventpipeline.systemtests.kills;

import io.eventpipeline.systemtests.kills.Asker.Answer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * When something was killed. Moments are those of {@link System#nanoTime}.
 *
 * @param what in words
 * @param isInstance whether it was an instance of streams-service
 * @param struck when
 * @param over when the next one was killed, or the run ended
 * @param lost whose keys the killed instance had
 */
record Kill(String what, boolean isInstance, long struck, long over, Set<Place> lost) {

    /** How long it took until somebody, a standby at first, had answered for all lost keys. */
    Optional<Duration> untilStandby(List<Answer> answers) {
        return untilFirst(answers, Answer::isRight);
    }

    /** How long it took until an active instance had answered for all keys that were lost. */
    Optional<Duration> untilActive(List<Answer> answers) {
        return untilFirst(answers, Answer::isRightByActive);
    }

    private Optional<Duration> untilFirst(List<Answer> answers, Predicate<Answer> good) {
        Map<Place, Long> first = new HashMap<>();
        Set<Place> asked = new HashSet<>();
        for (Answer answer : answers) {
            if (lost.contains(answer.place()) && isMeanwhile(answer)) {
                asked.add(answer.place());
                if (good.test(answer)) {
                    first.merge(answer.place(), answer.reply().received() - struck, Math::min);
                }
            }
        }
        return first.keySet().containsAll(asked)
                ? first.values().stream().max(Comparator.naturalOrder()).map(Duration::ofNanos)
                : Optional.empty();
    }

    /** How many answers of a kind there were meanwhile. */
    long count(List<Answer> answers, Predicate<Answer> kind) {
        return answers.stream().filter(this::isMeanwhile).filter(kind).count();
    }

    /**
     * The longest time in which some place had no right answer, of those questions that accept a
     * standby's, or of those that do not.
     */
    Duration longestWithout(List<Answer> answers, boolean stale) {
        Map<Place, Long> last = new HashMap<>();
        long longest = 0;
        for (Answer answer : answers) {
            if (!answer.isRight() || (answer.reply().admitted() != null) != stale) {
                continue;
            }
            long received = answer.reply().received();
            Long before = last.put(answer.place(), received);
            if (before != null && received - struck > 0 && before - over < 0) {
                longest = Math.max(longest, received - Math.max(before, struck));
            }
        }
        return Duration.ofNanos(longest);
    }

    private boolean isMeanwhile(Answer answer) {
        return answer.reply().sent() - struck > 0 && answer.reply().sent() - over < 0;
    }
}
