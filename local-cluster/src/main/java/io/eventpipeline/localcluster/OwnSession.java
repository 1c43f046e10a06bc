package io.eventpipeline.localcluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts a child into a session of its own, so that Ctrl-C in the terminal reaches the parent alone
 * and the parent can stop its children in order.
 */
final class OwnSession {

    private static final List<String> PREFIX = find();

    private OwnSession() {}

    /** The words to put before a command; the process number stays that of the command. */
    static List<String> prefix() {
        return PREFIX;
    }

    private static List<String> find() {
        if (onPath("setsid")) {
            return List.of("setsid");
        }
        if (onPath("perl")) {
            return List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or exit 127;");
        }
        return List.of();
    }

    static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String folder : path.split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
