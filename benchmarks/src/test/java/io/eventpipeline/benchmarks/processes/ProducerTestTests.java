package io.eventpipeline.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.benchmarks.load.CpuTimes;
import io.eventpipeline.benchmarks.load.LoadResult;
import org.junit.jupiter.api.Test;

class ProducerTestTests {

    @Test
    void takesTheSummaryWithoutTheWarmUp() {
        String output =
                """
                1250000 records sent, 250000.0 records/sec (47.68 MB/sec), 9.1 ms avg latency, 300.0 ms max latency.
                3000000 records sent, 300000.000000 records/sec (57.22 MB/sec), 5.11 ms avg latency, 312.00 ms max latency, 4 ms 50th, 12 ms 95th, 20 ms 99th, 30 ms 99.9th.
                2000000 steady state records sent, 400000.000000 records/sec (76.29 MB/sec), 3.11 ms avg latency, 31.00 ms max latency, 2 ms 50th, 8 ms 95th, 10 ms 99th, 20 ms 99.9th.
                """;

        LoadResult result = ProducerTest.parse(output, CpuTimes.none());

        assertThat(result.records()).isEqualTo(2_000_000);
        assertThat(result.seconds()).isEqualTo(5.0);
        assertThat(result.p50Millis()).isEqualTo(2);
        assertThat(result.p99Millis()).isEqualTo(10);
    }

    @Test
    void showsTheOutputIfThereIsNoSummary() {
        assertThatThrownBy(() -> ProducerTest.parse("no such topic", CpuTimes.none()))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("no such topic");
    }
}
