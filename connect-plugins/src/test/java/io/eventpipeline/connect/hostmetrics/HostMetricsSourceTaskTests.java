package io.eventpipeline.connect.hostmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The task measures this machine for real, keeps its interval, and ends a wait when stopped. */
class HostMetricsSourceTaskTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "measurements";

    private final HostMetricsSourceTask task = new HostMetricsSourceTask();

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void measuresThisMachine() throws InterruptedException {
        start(Map.of("interval.ms", "100"), null);

        SourceRecord record = next();

        Struct value = (Struct) record.value();
        assertThat(value.getFloat64("cpuLoad")).isBetween(0.0, 1.0);
        assertThat(value.getInt64("memoryTotalBytes")).isPositive();
        assertThat(value.getInt64("memoryUsedBytes"))
                .isPositive()
                .isLessThanOrEqualTo(value.getInt64("memoryTotalBytes"));
        assertThat(Instant.parse(value.getString("measuredAt")))
                .isBetween(Instant.now().minus(PATIENCE), Instant.now());
        assertThat(record.topic()).isEqualTo(TOPIC);
    }

    @Test
    void namesThisMachineAsKeyAndFieldAndSubject() throws InterruptedException {
        start(Map.of("interval.ms", "100"), null);

        SourceRecord record = next();

        assertThat((String) record.key()).isNotBlank().isEqualTo(HostNames.ofThisMachine());
        assertThat(((Struct) record.value()).getString("host")).isEqualTo(record.key());
        assertThat(record.headers().lastWithName("ce_subject").value()).isEqualTo(record.key());
    }

    @Test
    void reportsTheMachineUnderTheNameItIsGiven() throws InterruptedException {
        start(Map.of("interval.ms", "100", "host", "web-1"), null);

        assertThat(next().key()).isEqualTo("web-1");
    }

    @Test
    void seesTheLoadThatAProgramMakes() throws InterruptedException {
        start(Map.of("interval.ms", "200"), null);
        Thread busy =
                Thread.ofPlatform()
                        .daemon()
                        .start(HostMetricsSourceTaskTests::workUntilInterrupted);
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(((Struct) next().value()).getFloat64("cpuLoad"))
                                    .isGreaterThan(
                                            0.3 / Runtime.getRuntime().availableProcessors()));
        } finally {
            busy.interrupt();
        }
    }

    @Test
    void keepsItsInterval() throws InterruptedException {
        start(Map.of("interval.ms", "300"), null);

        Instant first = measuredAt(next());
        Instant second = measuredAt(next());
        Instant third = measuredAt(next());

        assertThat(Duration.between(first, second)).isGreaterThan(Duration.ofMillis(150));
        assertThat(Duration.between(first, third)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void givesEveryMeasurementAnIdentityOfItsOwn() throws InterruptedException {
        start(Map.of("interval.ms", "100"), null);
        List<Object> ids = new ArrayList<>();

        for (int i = 0; i < 5; i++) {
            ids.add(next().headers().lastWithName("ce_id").value());
        }

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void countsTheIntervalFromTheStoredMeasurement() {
        Instant stored = Instant.now();
        start(Map.of("interval.ms", "3600000"), Map.of("measuredAt", stored.toEpochMilli()));

        assertThat(pollOnce()).isNull();
        assertThat(pollOnce()).isNull();
    }

    @Test
    void measuresSoonAfterALongStop() throws InterruptedException {
        Instant stored = Instant.now().minus(Duration.ofDays(1));
        start(Map.of("interval.ms", "3600000"), Map.of("measuredAt", stored.toEpochMilli()));

        assertThat(measuredAt(next())).isAfter(stored);
    }

    @Test
    void measuresAlthoughTheStoredMeasurementLiesAhead() throws InterruptedException {
        Instant stored = Instant.now().plus(Duration.ofDays(1));
        start(Map.of("interval.ms", "3600000"), Map.of("measuredAt", stored.toEpochMilli()));

        assertThat(measuredAt(next())).isBefore(stored);
    }

    @Test
    void endsAWaitingPollWhenItIsStopped() throws InterruptedException {
        start(Map.of("interval.ms", "3600000"), Map.of("measuredAt", Instant.now().toEpochMilli()));

        task.stop();
        Instant before = Instant.now();
        assertThat(task.poll()).isNull();

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(900));
    }

    private void start(Map<String, String> settings, @Nullable Map<String, Object> storedOffset) {
        Map<String, String> properties = new HashMap<>(settings);
        properties.put("name", "host-metrics");
        properties.put("topic", TOPIC);
        task.initialize(new StoredOffset(storedOffset));
        task.start(properties);
    }

    private SourceRecord next() throws InterruptedException {
        Instant end = Clock.systemUTC().instant().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            List<SourceRecord> records = task.poll();
            if (records != null) {
                assertThat(records).hasSize(1);
                return records.getFirst();
            }
        }
        throw new AssertionError("No measurement within " + PATIENCE);
    }

    private @Nullable List<SourceRecord> pollOnce() {
        try {
            return task.poll();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Instant measuredAt(SourceRecord record) {
        return Instant.parse(((Struct) record.value()).getString("measuredAt"));
    }

    private static void workUntilInterrupted() {
        double sum = 0;
        while (!Thread.currentThread().isInterrupted()) {
            sum += Math.sin(sum + 1);
        }
    }

    /** Connect's side of a task: it hands out the offset that was stored for the machine. */
    private record StoredOffset(@Nullable Map<String, Object> stored)
            implements SourceTaskContext, OffsetStorageReader {

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException("The task has no metrics of its own");
        }

        @Override
        public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
            return stored;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(
                Collection<Map<String, T>> partitions) {
            throw new UnsupportedOperationException("The task asks for one partition only");
        }
    }
}
