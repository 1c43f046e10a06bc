package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import java.time.Duration;

/** Pauses between looks. */
final class Waiting {

    private Waiting() {}

    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }
}
