package io.eventpipeline.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** POSIX signals, sent by the shell's own {@code kill}: it exists wherever there is a shell. */
enum Signal {
    TERM,
    INT,
    QUIT,
    KILL,
    STOP,
    CONT;

    private static final long SHELL_TIMEOUT_SECONDS = 10;

    static boolean supported() {
        return Files.isExecutable(Path.of("/bin/sh"));
    }

    /** Sends this signal; a process that is gone already is no error. */
    void send(Collection<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        if (!supported()) {
            sendWithoutShell(processes);
            return;
        }
        StringBuilder script = new StringBuilder();
        for (ProcessHandle process : processes) {
            script.append("kill -").append(this).append(' ').append(process.pid()).append(';');
        }
        try {
            Process shell =
                    new ProcessBuilder(List.of("/bin/sh", "-c", script.toString()))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!shell.waitFor(SHELL_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
                throw new LocalClusterException("sending SIG" + this + " took too long");
            }
        } catch (IOException e) {
            throw new LocalClusterException("could not send SIG" + this, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalClusterException("interrupted while sending SIG" + this, e);
        }
    }

    private void sendWithoutShell(Collection<ProcessHandle> processes) {
        switch (this) {
            case TERM, INT, QUIT -> processes.forEach(ProcessHandle::destroy);
            case KILL -> processes.forEach(ProcessHandle::destroyForcibly);
            case STOP, CONT ->
                    throw new LocalClusterException(
                            "this operating system cannot suspend or resume a process");
        }
    }
}
