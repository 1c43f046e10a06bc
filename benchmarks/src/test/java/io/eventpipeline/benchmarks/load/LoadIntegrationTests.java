package io.eventpipeline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The generator counts what an endpoint says it took, no more and no less; on real sockets. */
class LoadIntegrationTests {

    private static final Duration WARM_UP = Duration.ofMillis(100);
    private static final Duration MEASURED = Duration.ofMillis(500);
    private static final String RECORDS = "[{{#records}}{{value}}{{/records}}]";
    private static final String LINES = "{{#records}}{{value}}\n{{/records}}";

    private final RandomValues values = new RandomValues(200, 1);
    private final ProcessCpu cpu = new ProcessCpu(Map.of("load", ProcessHandle.current().pid()));

    @Test
    void countsEachAcknowledgedRecordOfRequests() throws IOException {
        try (StandInEndpoint endpoint = new StandInEndpoint()) {
            HttpLoad load = new HttpLoad(endpoint.door("/records", RECORDS), 4, 10, values, cpu);

            LoadResult result = load.run(WARM_UP, MEASURED);

            assertThat(load.firstFailure()).isEmpty();
            assertThat(result.failures()).isZero();
            assertThat(result.acknowledged()).isEqualTo(endpoint.records());
            assertThat(result.records()).isPositive().isLessThan(result.acknowledged());
            assertThat(result.records()).isEqualTo(10 * result.requests());
            assertThat(result.p50Millis()).isPositive().isLessThanOrEqualTo(result.p99Millis());
            assertThat(result.seconds()).isGreaterThanOrEqualTo(0.5);
            assertThat(result.cpu().seconds()).containsOnlyKeys("load");
        }
    }

    @Test
    void countsRefusalsAsFailures() throws IOException {
        try (StandInEndpoint endpoint = new StandInEndpoint()) {
            HttpLoad load = new HttpLoad(endpoint.door("/busy", RECORDS), 1, 1, values, cpu);

            LoadResult result = load.run(WARM_UP, WARM_UP);

            assertThat(result.acknowledged()).isZero();
            assertThat(result.failures()).isPositive();
            assertThat(load.firstFailure()).contains("status 503");
        }
    }

    @Test
    void countsAnAnswerWithTooFewReceiptsAsAFailure() throws IOException {
        try (StandInEndpoint endpoint = new StandInEndpoint()) {
            HttpLoad load = new HttpLoad(endpoint.door("/records", "{{text}}"), 1, 1, values, cpu);

            LoadResult result = load.run(WARM_UP, WARM_UP);

            assertThat(result.requests()).isZero();
            assertThat(load.firstFailure()).contains("0 receipts");
        }
    }

    @Test
    void countsEachReceiptOfAStream() throws IOException {
        try (StandInEndpoint endpoint = new StandInEndpoint()) {
            StreamLoad load = new StreamLoad(endpoint.door("/stream", LINES), values, cpu);

            LoadResult result = load.run(1_000);

            assertThat(result.acknowledged()).isEqualTo(16 * StreamLoad.BLOCK);
            assertThat(endpoint.records()).isEqualTo(16 * StreamLoad.BLOCK);
            assertThat(load.receipts()).isEqualTo(16 * StreamLoad.BLOCK);
            assertThat(result.p99Millis()).isPositive();
        }
    }

    @Test
    void saysWhyAStreamWasRefused() {
        try (StandInEndpoint endpoint = new StandInEndpoint()) {
            StreamLoad load = new StreamLoad(endpoint.door("/busy", LINES), values, cpu);

            assertThatThrownBy(() -> load.run(100))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("503");
        }
    }
}
