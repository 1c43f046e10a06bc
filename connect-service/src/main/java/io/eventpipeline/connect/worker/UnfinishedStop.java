package io.eventpipeline.connect.worker;

/**
 * Remembers that a worker was not done within its bound, so that the process can end all the same.
 *
 * <p>Kafka Connect's HTTP server has a shutdown hook of its own, which waits up to a minute for
 * requests that the stuck worker will never answer. Safe for use by several threads.
 */
public final class UnfinishedStop {

    private static final int ENDED_BY_SIGTERM = 143;

    private static volatile boolean happened;

    private UnfinishedStop() {}

    static void remember() {
        happened = true;
    }

    /**
     * Ends the process at once where a worker was given up. For the last step of a shutdown: other
     * shutdown hooks are not waited for.
     */
    public static void endProcess() {
        if (happened) {
            Runtime.getRuntime().halt(ENDED_BY_SIGTERM);
        }
    }
}
