package io.eventpipeline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessCpuTests {

    @Test
    void readsUserAndSystemTimeBehindAnyName() {
        String stat = "42 (a name) with) S 1 42 42 0 -1 4194304 10 0 0 0 150 50 9 9 20 0 1 0 5\n";

        assertThat(ProcessCpu.seconds(stat)).isEqualTo(2.0);
    }

    @Test
    void countsWhatWasUsedSinceAnEarlierReading() {
        CpuTimes earlier = new CpuTimes(Map.of("broker", 2.0));
        CpuTimes later = new CpuTimes(Map.of("broker", 5.0, "load", 1.0));

        assertThat(later.since(earlier).seconds())
                .containsExactlyInAnyOrderEntriesOf(Map.of("broker", 3.0, "load", 1.0));
    }

    @Test
    void aProcessThatIsGoneCountsAsNothing() {
        assertThat(new ProcessCpu(Map.of("gone", -1L)).get().seconds()).containsEntry("gone", 0.0);
    }
}
