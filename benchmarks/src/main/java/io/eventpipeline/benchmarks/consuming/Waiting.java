package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import java.time.Duration;

/** Pauses between looks. */
public final class Waiting {

    private Waiting() {}

    /** Sleeps. */
    public static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }
}
