package io.eventpipeline.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL's own data folder ("database cluster"), made by {@code initdb} once. It is made beside
 * its place and then moved there, so that a start that was cut short leaves no half of one.
 *
 * @param dataFolder what holds it
 * @param user as whom the server runs
 * @param logFile where initdb's words go
 */
record PostgresCluster(Path dataFolder, ServerUser user, Path logFile) {

    /** Where it is. */
    Path folder() {
        return dataFolder.resolve("cluster").toAbsolutePath();
    }

    /** Makes it unless it exists, and gives it to the server's user. */
    void prepare(
            PostgresBinaries binaries,
            String name,
            String password,
            boolean sync,
            Duration timeout) {
        if (!Files.exists(folder().resolve("PG_VERSION"))) {
            initialise(binaries, name, password, sync, timeout);
        }
        user.hand(folder());
    }

    private void initialise(
            PostgresBinaries binaries,
            String name,
            String password,
            boolean sync,
            Duration timeout) {
        Path unfinished = dataFolder.resolve("initialising").toAbsolutePath();
        Folders.delete(unfinished);
        Folders.create(unfinished);
        try {
            Path passwordFile = unfinished.resolve("password");
            Files.writeString(passwordFile, password);
            user.hand(unfinished);
            List<String> command = new ArrayList<>(user.prefix());
            command.addAll(
                    List.of(
                            binaries.program("initdb"),
                            "--pgdata=" + unfinished.resolve("cluster"),
                            "--username=" + name,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8"));
            if (!sync) {
                command.add("--no-sync");
            }
            run(command, timeout);
            Files.delete(passwordFile);
            Files.move(unfinished.resolve("cluster"), folder());
            Files.delete(unfinished);
        } catch (IOException e) {
            throw new LocalClusterException("could not make a database in " + dataFolder, e);
        }
    }

    private void run(List<String> command, Duration timeout) {
        try (LocalProcess initdb =
                LocalProcess.builder("initdb").command(command).logFile(logFile).start()) {
            Readiness.await(
                    "the end of initdb, which logs to " + logFile,
                    timeout,
                    () -> !initdb.isAlive());
            if (initdb.exitCode().orElse(-1) != 0) {
                throw Readiness.failure(initdb, "initdb failed");
            }
        }
    }
}
