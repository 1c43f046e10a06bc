package io.eventpipeline.consumer.lag;

import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks at the lag when asked, one look at a time, and now and then for the gauges. Who asks waits
 * for a bounded time and then gets what was seen last. Thread-safe.
 */
@Component
final class LagSampler implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private static final Logger log = LoggerFactory.getLogger(LagSampler.class);

    private final LagLook lag;
    private final KafkaAvailability kafka;
    private final LagProperties properties;
    private final MultiGauge records;
    private final MultiGauge milliseconds;
    private final ExecutorService looker =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("lag").factory());
    private volatile List<PartitionLag> last = List.of();
    private @Nullable CompletableFuture<List<PartitionLag>> looking;
    private volatile @Nullable Thread sampling;

    LagSampler(
            LagLook lag,
            KafkaAvailability kafka,
            LagProperties properties,
            MeterRegistry registry) {
        this.lag = lag;
        this.kafka = kafka;
        this.properties = properties;
        records =
                MultiGauge.builder("pipeline.consumer.lag.records")
                        .description("Offsets between where the group resumes and the log's end")
                        .register(registry);
        milliseconds =
                MultiGauge.builder("pipeline.consumer.lag.time")
                        .description("Age of the first unread record")
                        .baseUnit("milliseconds")
                        .register(registry);
    }

    /** The lag now, or as last seen and marked as stale if it cannot be seen in time. */
    List<PartitionLag> sample() {
        if (kafka.isAvailable()) {
            try {
                return look().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                log.debug("The lag could not be looked at in time", e);
            }
        }
        return last.stream().map(LagSampler::stale).toList();
    }

    private synchronized CompletableFuture<List<PartitionLag>> look() {
        CompletableFuture<List<PartitionLag>> present = looking;
        if (present == null || present.isDone()) {
            present = CompletableFuture.supplyAsync(this::lookNow, looker);
            looking = present;
        }
        return present;
    }

    private List<PartitionLag> lookNow() {
        List<PartitionLag> seen = lag.look();
        last = seen;
        return seen;
    }

    private static PartitionLag stale(PartitionLag seen) {
        return new PartitionLag(
                seen.group(),
                seen.topic(),
                seen.partition(),
                seen.endOffset(),
                seen.committedOffset(),
                seen.lag(),
                seen.timeLagMs(),
                seen.owner(),
                true);
    }

    @Override
    public void start() {
        Thread thread = Thread.ofVirtual().name("lag-gauges").unstarted(this::keepSampling);
        sampling = thread;
        thread.start();
    }

    @Override
    public void stop() {
        Thread running = sampling;
        sampling = null;
        if (running != null) {
            running.interrupt();
        }
        looker.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return sampling != null;
    }

    private void keepSampling() {
        while (Thread.currentThread().equals(sampling)) {
            try {
                Thread.sleep(properties.interval());
            } catch (InterruptedException e) {
                return;
            }
            List<PartitionLag> seen = sample();
            records.register(rows(seen, PartitionLag::lag), true);
            milliseconds.register(rows(seen, PartitionLag::timeLagMs), true);
        }
    }

    private static List<MultiGauge.Row<?>> rows(
            List<PartitionLag> seen, Function<PartitionLag, @Nullable Long> figure) {
        return seen.stream()
                .<MultiGauge.Row<?>>mapMulti((partition, rows) -> {
                    Long value = figure.apply(partition);
                    if (value != null) {
                        rows.accept(
                                MultiGauge.Row.of(
                                        Tags.of(
                                                "group",
                                                partition.group(),
                                                "topic",
                                                partition.topic(),
                                                "partition",
                                                Integer.toString(partition.partition())),
                                        value));
                    }
                })
                .toList();
    }
}
