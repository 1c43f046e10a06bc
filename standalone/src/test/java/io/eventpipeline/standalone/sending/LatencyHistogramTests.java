package io.eventpipeline.standalone.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Percentiles are right to within one percent, from microseconds to hours. */
class LatencyHistogramTests {

    private final LatencyHistogram latency = new LatencyHistogram();

    @Test
    void percentilesOfAThousandAnswers() {
        for (int millis = 1; millis <= 1_000; millis++) {
            latency.record(millis * 1_000_000L, 1);
        }

        LatencyHistogram.Percentiles found = latency.percentiles();

        assertThat(found.avg()).isEqualTo(500.5, within(0.001));
        assertThat(found.p50()).isEqualTo(500, within(5.0));
        assertThat(found.p95()).isEqualTo(950, within(9.5));
        assertThat(found.p99()).isEqualTo(990, within(9.9));
        assertThat(found.p999()).isEqualTo(999, within(10.0));
        assertThat(found.max()).isEqualTo(1_000);
    }

    @Test
    void shortAndLongAnswersAreKept() {
        latency.record(3_000, 99);
        latency.record(7_200_000_000_000L, 1);

        assertThat(latency.percentiles().p50()).isEqualTo(0.003);
        assertThat(latency.percentiles().max()).isEqualTo(7_200_000);
    }

    @Test
    void nothingIsNothing() {
        assertThat(latency.percentiles().p99()).isZero();
        assertThat(latency.percentiles().avg()).isZero();
    }
}
