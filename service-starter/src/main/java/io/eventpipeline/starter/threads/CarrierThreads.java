package io.eventpipeline.starter.threads;

/**
 * How many platform threads carry the virtual ones: by default one a processor. A virtual thread
 * that waits for a lock while a class is loaded keeps its carrier (JEP 491, "Synchronize Virtual
 * Threads without Pinning", names this case). On two processors two such threads are enough to stop
 * all others for ever, if the lock's holder is among those.
 */
public final class CarrierThreads {

    private static final int ENOUGH = 8;

    static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

    private CarrierThreads() {}

    /** Gives the service enough of them; to be called before anything else. */
    public static void enough() {
        atLeast(ENOUGH);
    }

    /** Only before the first virtual thread; leaves alone what was set on the command line. */
    static void atLeast(int carriers) {
        if (System.getProperty(PARALLELISM) == null
                && Runtime.getRuntime().availableProcessors() < carriers) {
            System.setProperty(PARALLELISM, Integer.toString(carriers));
        }
    }
}
