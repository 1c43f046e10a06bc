package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.LocalProcess;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Says once of each process that it has ended although nobody asked it to. For one thread. */
final class DeathReport {

    private static final int LOG_LINES = 15;

    private final Narrator narrator;
    private final Set<String> reported = new HashSet<>();

    DeathReport(Narrator narrator) {
        this.narrator = narrator;
    }

    void look(LocalProcess service) {
        if (!service.isAlive() && reported.add(service.name())) {
            narrator.say(
                    "%s ended with exit code %d; the end of %s:%n%s%nEverything else goes on; ./pipeline down and up start it again."
                            .formatted(
                                    service.name(),
                                    service.exitCode().orElse(-1),
                                    service.logFile(),
                                    lastLines(service)));
        }
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
