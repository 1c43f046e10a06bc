package io.eventpipeline.systemtests.checkers;

import io.eventpipeline.systemtests.history.History;
import java.util.List;

/** A run without a zombie's write proves nothing about zombies. */
final class ZombieRefusedChecker implements Checker {

    @Override
    public String promise() {
        return "a member that had lost its partition tried to write and was refused, else the run"
                + " does not count";
    }

    @Override
    public List<String> check(History history) {
        return history.zombieWritesRefused() > 0
                ? List.of()
                : List.of("no write of a zombie was refused in this run");
    }
}
