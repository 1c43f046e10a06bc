package io.eventpipeline.connect.hostmetrics;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * Measures this machine once an interval; each measurement is one record.
 *
 * <p>After a restart the interval counts from the last stored measurement, so that a restart
 * neither doubles nor skips one; after a longer stop the first measurement follows within a second,
 * and what was missed stays missed.
 *
 * <p>Kafka Connect calls {@link #start} and {@link #poll} from the task's thread; {@link #stop} may
 * come from any thread and ends a waiting poll.
 */
public final class HostMetricsSourceTask extends SourceTask {

    /** A load needs some time to be counted over, also right after the start. */
    private static final Duration FIRST_MEASUREMENT_AFTER = Duration.ofSeconds(1);

    /** A poll returns this often, because Connect pauses and stops a task between two polls. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private @Nullable Schedule schedule;

    /** Used by Kafka Connect. */
    public HostMetricsSourceTask() {
        this(Clock.systemUTC());
    }

    HostMetricsSourceTask(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String version() {
        return PluginVersion.VERSION;
    }

    @Override
    public void start(Map<String, String> properties) {
        HostMetricsConfig config = new HostMetricsConfig(properties);
        String host = config.host().orElseGet(HostNames::ofThisMachine);
        Instant now = clock.instant();
        Duration firstPause = min(config.interval(), FIRST_MEASUREMENT_AFTER);
        Instant first =
                lastMeasuredAt(host)
                        // A clock that was set back must not stop the measurements.
                        .filter(last -> !last.isAfter(now))
                        .map(last -> last.plus(config.interval()))
                        .filter(due -> due.isAfter(now.plus(firstPause)))
                        .orElse(now.plus(firstPause));
        schedule =
                new Schedule(
                        HostProbe.ofThisMachine(),
                        new ServerMeasuredRecord(
                                config.topic(), "/connect-service/" + config.connectorName(), host),
                        config.interval(),
                        first);
    }

    /**
     * Waits for the next measurement, one second at most, and takes it when it is due.
     *
     * @return one record, or null when none is due yet
     * @throws RetriableException if the machine did not answer
     */
    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        Schedule current = schedule;
        if (current == null) {
            throw new IllegalStateException("The task was not started");
        }
        Duration untilDue = Duration.between(clock.instant(), current.due);
        if (untilDue.isPositive()) {
            Duration pause = min(untilDue, LONGEST_POLL);
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)
                    || clock.instant().isBefore(current.due)) {
                return null;
            }
        }
        return List.of(current.measure(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    private Optional<Instant> lastMeasuredAt(String host) {
        return SourcePosition.lastMeasuredAt(
                context.offsetStorageReader().offset(SourcePosition.partition(host)));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** What a started task works with. */
    private static final class Schedule {

        private final HostProbe probe;
        private final ServerMeasuredRecord event;
        private final Duration interval;
        private Instant due;

        Schedule(HostProbe probe, ServerMeasuredRecord event, Duration interval, Instant due) {
            this.probe = probe;
            this.event = event;
            this.interval = interval;
            this.due = due;
        }

        SourceRecord measure(Instant now) {
            Instant next = due.plus(interval);
            // Measurements that were missed, by a pause for example, are not made up for.
            due = next.isAfter(now) ? next : now.plus(interval);
            try {
                return event.of(probe.measure(), now);
            } catch (UncheckedIOException e) {
                throw new RetriableException(
                        "The machine " + event.host() + " could not be measured", e);
            }
        }
    }
}
