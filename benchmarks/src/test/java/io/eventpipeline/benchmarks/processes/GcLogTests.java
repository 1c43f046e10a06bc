package io.eventpipeline.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogTests {

    @Test
    void tellsCollectionsThatWereAskedForFromOthers() {
        GcLog log =
                GcLog.parse(
                        """
                        [0.011s][info][gc] Using Serial
                        [1.234s][info][gc] GC(0) Pause Young (Allocation Failure) 68M->20M(247M) 3.2ms
                        [2.000s][info][gc] GC(1) Pause Full (Diagnostic Command) 90M->25M(247M) 60.0ms
                        [3.000s][info][gc] GC(2) Pause Full (Allocation Failure) 240M->26M(247M) 60.0ms
                        [4.000s][info][gc] GC(3) Pause Full (Diagnostic Command) 50M->27M(247M) 60.0ms
                        """);

        assertThat(log).isEqualTo(new GcLog(List.of(25, 27), 240, 2, 1));
    }
}
