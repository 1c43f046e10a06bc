package io.eventpipeline.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.benchmarks.load.CpuTimes;
import io.eventpipeline.benchmarks.load.LoadResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoadReportTests {

    private static final String SCENARIO = "32 connections, 1 record";

    @Test
    void takesTheMedianOfEachNumberAndAllFailures() {
        LoadReport report = report(ours(1_000, 3, 0), ours(3_000, 1, 2), ours(2_000, 2, 1));

        assertThat(report.medians())
                .singleElement()
                .satisfies(median -> {
                    assertThat(median.recordsPerSecond()).isEqualTo(2_000);
                    assertThat(median.p99Millis()).isEqualTo(2);
                    assertThat(median.failures()).isEqualTo(3);
                });
    }

    @Test
    void dividesProcessorTimeByRecords() {
        LoadResult result =
                new LoadResult(2, 100, 1_000, 0, 1, 2, 1_500, new CpuTimes(Map.of("broker", 0.5)));

        Measurement measurement = Measurement.of(SCENARIO, "ours", result);

        assertThat(measurement.recordsPerSecond()).isEqualTo(500);
        assertThat(measurement.requestsPerSecond()).isEqualTo(50);
        assertThat(measurement.cpuMicrosPerRecord()).containsEntry("broker", 500.0);
    }

    @Test
    void comparesTheFirstTargetWithTheOthers() {
        Measurement theirs = new Measurement(SCENARIO, "theirs", 500, 500, 8, 16, Map.of(), 0);

        assertThat(report(ours(2_000, 4, 0), theirs).table())
                .contains("| ours : theirs |")
                .contains("4.00 ×")
                .contains("0.25 ×");
    }

    @Test
    void isWrittenAsJson(@TempDir Path folder) {
        Path file = folder.resolve("load.json");

        report(ours(1_000, 1, 0)).write(file);

        JsonNode json = JsonMapper.shared().readTree(file);
        assertThat(json.at("/machine/processors").asInt()).isPositive();
        assertThat(json.at("/medians/0/recordsPerSecond").asDouble()).isEqualTo(1_000);
    }

    @Test
    void aHeapIsFlatIfTheSecondHalfNeedsNoMoreThanTheFirst() {
        assertThat(heap(List.of(20, 30, 31, 30, 32)).isFlat()).isTrue();
        assertThat(heap(List.of(20, 30, 40, 50, 60)).isFlat()).isFalse();
        assertThat(heap(List.of(20, 30, 40, 50, 60)).text()).contains("GROWING");
    }

    private static Measurement ours(double recordsPerSecond, double p99, long failures) {
        return new Measurement(
                SCENARIO,
                "ours",
                recordsPerSecond,
                recordsPerSecond,
                1,
                p99,
                Map.of("broker", 1.0),
                failures);
    }

    private static LoadReport report(Measurement... measurements) {
        return LoadReport.of(Machine.here(), Map.of(), List.of(List.of(measurements)));
    }

    private static HeapReport heap(List<Integer> live) {
        return new HeapReport(Machine.here(), "256m", 1, 1, 1, live, 100, 10, 0);
    }
}
