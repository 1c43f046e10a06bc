package io.eventpipeline.systemtests.checkers;

import io.eventpipeline.systemtests.history.History;
import java.util.List;

/** Nothing that was sent is bad, so nothing may be parked. */
final class DeadLetterChecker implements Checker {

    @Override
    public String promise() {
        return "no good record becomes a dead letter";
    }

    @Override
    public List<String> check(History history) {
        return history.deadLetters().entrySet().stream()
                .map(letters -> letters.getKey() + " holds " + letters.getValue() + " records")
                .toList();
    }
}
