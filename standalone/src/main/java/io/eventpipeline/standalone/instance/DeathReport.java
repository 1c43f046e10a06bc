package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.LocalProcess;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Says once of each process that it has ended although nobody asked it to. For one thread. */
final class DeathReport {

    private static final int LOG_LINES = 15;

    private final Narrator narrator;
    private final Set<Object> reported = new HashSet<>();

    DeathReport(Narrator narrator) {
        this.narrator = narrator;
    }

    /** Whether it has ended, and that is asked for the first time. */
    boolean isNew(LocalProcess service) {
        return !service.isAlive() && reported.add(service);
    }

    void say(LocalProcess service, boolean startedAgain) {
        narrator.say(
                "%s ended with exit code %d; the end of %s:%n%s%n%s"
                        .formatted(
                                service.name(),
                                service.exitCode().orElse(-1),
                                service.logFile(),
                                lastLines(service),
                                startedAgain
                                        ? "It is started again."
                                        : "It was started again %d times within %d minutes and stays down now; ./pipeline down and up start it."
                                                .formatted(
                                                        Restarts.MOST,
                                                        Restarts.WITHIN.toMinutes())));
    }

    void look(String name, boolean alive, Path log) {
        if (!alive && reported.add(name)) {
            narrator.say("%s has ended; see %s.".formatted(name, log));
        }
    }

    static String lastLines(LocalProcess process) {
        return String.join(System.lineSeparator(), process.lastLogLines(LOG_LINES));
    }
}
