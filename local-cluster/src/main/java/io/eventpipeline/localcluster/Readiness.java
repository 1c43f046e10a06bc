package io.eventpipeline.localcluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Bounded waits for a process to be ready; a failed one shows the end of the process's log. */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int CONNECT_TIMEOUT_MILLIS = 500;
    private static final int LOG_LINES = 20;

    private Readiness() {}

    /** Waits for a condition. */
    static void await(String what, Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new LocalClusterException(
                        "no sign of %s within %d s".formatted(what, timeout.toSeconds()));
            }
            pause();
        }
    }

    /** Waits for a condition that a process has to bring about; its end ends the wait. */
    static void await(
            LocalProcess process, String what, Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                throw failure(
                        process,
                        "%s ended with exit code %s before %s"
                                .formatted(
                                        process.name(),
                                        process.exitCode().isPresent()
                                                ? process.exitCode().getAsInt()
                                                : "unknown",
                                        what));
            }
            if (System.nanoTime() > deadline) {
                throw failure(
                        process,
                        "%s: not %s within %d s"
                                .formatted(process.name(), what, timeout.toSeconds()));
            }
            pause();
        }
    }

    /** Whether something takes connections there. */
    static boolean accepts(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static LocalClusterException failure(LocalProcess process, String what) {
        String tail = String.join(System.lineSeparator(), process.lastLogLines(LOG_LINES));
        return new LocalClusterException(
                what
                        + "; the end of "
                        + process.logFile()
                        + ":"
                        + System.lineSeparator()
                        + (tail.isEmpty() ? "(empty)" : tail));
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalClusterException("interrupted while waiting", e);
        }
    }
}
