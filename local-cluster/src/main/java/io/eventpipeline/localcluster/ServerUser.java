package io.eventpipeline.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. An ordinary user needs nothing; root runs it in a user
 * namespace of its own, in which it is nobody and still reaches its files, or, where namespaces are
 * forbidden, as the user nobody, whom the folders are then given to.
 */
enum ServerUser {
    ORDINARY_USER,
    USER_NAMESPACE,
    NOBODY;

    private static final int NOBODY_ID = 65_534;
    private static final long PROBE_TIMEOUT_SECONDS = 10;

    /** The words to put before a command. */
    List<String> prefix() {
        return switch (this) {
            case ORDINARY_USER -> List.of();
            case USER_NAMESPACE -> List.of("unshare", "--user");
            case NOBODY -> List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        };
    }

    /** Gives the folder to the user that PostgreSQL will run as, if another one has it. */
    void hand(Path folder) {
        if (this == ORDINARY_USER) {
            return;
        }
        // In the namespace the server is nobody; outside, where files are concerned, it is root.
        int wanted = this == NOBODY ? NOBODY_ID : 0;
        try {
            if (!Integer.valueOf(wanted).equals(Files.getAttribute(folder, "unix:uid"))
                    && !run(List.of("chown", "-R", wanted + ":" + wanted, folder.toString()))) {
                throw new LocalClusterException("could not change the owner of " + folder);
            }
        } catch (IOException e) {
            throw new LocalClusterException("could not read the owner of " + folder, e);
        }
    }

    /** Where the server's user can reach the programs: nobody may not look into root's home. */
    Path binariesFolder(Path dataFolder) {
        return this == NOBODY ? dataFolder.resolve("programs") : PostgresBinaries.usualFolder();
    }

    /** Refuses a folder that the server's user cannot reach. */
    void requireReach(Path folder) {
        if (this == NOBODY && !runAsUser("cd '" + folder.toAbsolutePath() + "'")) {
            throw new LocalClusterException(
                    "PostgreSQL refuses to run as root, and the user nobody cannot reach "
                            + folder.toAbsolutePath()
                            + ": choose a folder whose parents everybody may enter, or run this as"
                            + " an ordinary user");
        }
    }

    /** The way that works here. */
    static ServerUser detect() {
        if (!runsAsRoot()) {
            return ORDINARY_USER;
        }
        for (ServerUser way : List.of(USER_NAMESPACE, NOBODY)) {
            if (OwnSession.onPath(way.prefix().getFirst()) && way.works()) {
                return way;
            }
        }
        throw new LocalClusterException(
                "PostgreSQL refuses to run as root, and neither unshare nor setpriv can change the"
                        + " user here: run this as an ordinary user");
    }

    private boolean works() {
        return runAsUser("test \"$(id -u)\" != 0");
    }

    private boolean runAsUser(String script) {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("/bin/sh", "-c", script));
        return run(command);
    }

    private static boolean runsAsRoot() {
        try {
            return Signal.supported()
                    && Integer.valueOf(0)
                            .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static boolean run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(PROBE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
