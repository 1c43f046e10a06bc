package io.eventpipeline.benchmarks.processes;

/** The run cannot go on; the message says why in words for the person at the terminal. */
public final class BenchmarkException extends RuntimeException {

    /** With what brought it about. */
    public BenchmarkException(String message, Throwable cause) {
        super(message, cause);
    }

    /** On its own. */
    public BenchmarkException(String message) {
        super(message);
    }

    /** While waiting; the thread stays interrupted. */
    public static BenchmarkException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new BenchmarkException("interrupted", e);
    }
}
