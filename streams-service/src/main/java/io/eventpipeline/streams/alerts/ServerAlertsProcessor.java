package io.eventpipeline.streams.alerts;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.ops.HostName;
import io.eventpipeline.model.ops.ServerAlert;
import io.eventpipeline.model.ops.ServerAlert.Kind;
import io.eventpipeline.model.ops.ServerAlert.Severity;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.streams.derivation.DerivedEvent;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Remembers each host and tells when it became worse: at a measurement, or at regular intervals
 * when a host has gone silent. Silence is judged twice:
 *
 * <ul>
 *   <li>by stream time: others of the partition have gone on, this one has not. The same records
 *       give the same alerts, whenever they are read.
 *   <li>by the wall clock: nobody of the partition has been heard of, so that stream time stands
 *       still. Counted from this task's start at the earliest, because until then nobody listened.
 * </ul>
 *
 * One instance a task, used by the task's thread alone.
 */
final class ServerAlertsProcessor
        extends ContextualProcessor<String, ServerMeasured, String, ServerAlert> {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Thresholds thresholds;
    private KeyValueStore<String, HostState> hosts;
    private Instant listeningSince;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
    ServerAlertsProcessor(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    @Override
    public void init(ProcessorContext<String, ServerAlert> context) {
        super.init(context);
        hosts = context.getStateStore(ServerAlertsTopology.HOSTS_STORE);
        listeningSince = Instant.ofEpochMilli(context.currentSystemTimeMs());
        context.schedule(
                INTERVAL,
                PunctuationType.STREAM_TIME,
                now -> lookForSilence(Instant.ofEpochMilli(now), HostState::heardAt));
        context.schedule(
                INTERVAL,
                PunctuationType.WALL_CLOCK_TIME,
                now -> lookForSilence(Instant.ofEpochMilli(now), this::heardOf));
    }

    /** A measurement that is older than the newest of its host only says that it is alive. */
    @Override
    public void process(Record<String, ServerMeasured> record) {
        ServerMeasured measured = record.value();
        HostState before = hosts.get(record.key());
        Instant streamTime = Instant.ofEpochMilli(context().currentStreamTimeMs());
        Instant wallClock = Instant.ofEpochMilli(context().currentSystemTimeMs());
        if (before != null && measured.measuredAt().isBefore(before.measuredAt())) {
            hosts.put(record.key(), before.heard(streamTime, wallClock));
            return;
        }
        double memory = (double) measured.memoryUsedBytes() / measured.memoryTotalBytes();
        Severity cpuBefore = before == null ? null : before.cpu();
        Severity memoryBefore = before == null ? null : before.memory();
        HostState now =
                new HostState(
                        measured.measuredAt(),
                        streamTime,
                        wallClock,
                        thresholds.of(measured.cpuLoad(), cpuBefore),
                        thresholds.of(memory, memoryBefore),
                        null);
        hosts.put(record.key(), now);
        tellIfWorse(record, Kind.CPU, measured.cpuLoad(), now.cpu(), cpuBefore);
        tellIfWorse(record, Kind.MEMORY, memory, now.memory(), memoryBefore);
    }

    private void tellIfWorse(
            Record<String, ServerMeasured> record,
            Kind kind,
            double share,
            @Nullable Severity now,
            @Nullable Severity before) {
        if (now == null || !Thresholds.isWorse(now, before)) {
            return;
        }
        RecordMetadata place = context().recordMetadata().orElseThrow();
        EventIdentity cause =
                CloudEventHeaders.identityOf(
                        record.headers(), place.topic(), place.partition(), place.offset());
        tell(
                new ServerAlert(
                        record.value().host(),
                        kind,
                        now,
                        share,
                        thresholds.share(now),
                        record.value().measuredAt()),
                new EventIdentity(cause.source(), cause.id() + "/" + kind),
                CloudEventHeaders.traceparentOf(record.headers()));
    }

    private void lookForSilence(Instant now, Heard heard) {
        try (KeyValueIterator<String, HostState> all = hosts.all()) {
            while (all.hasNext()) {
                KeyValue<String, HostState> host = all.next();
                Duration silence = Duration.between(heard.last(host.value), now);
                Severity severity = thresholds.of(silence);
                if (severity != null && Thresholds.isWorse(severity, host.value.silent())) {
                    hosts.put(host.key, host.value.silent(severity));
                    tellSilence(host, severity, silence, now);
                } else if (thresholds.isForgotten(silence)) {
                    hosts.delete(host.key);
                }
            }
        }
    }

    /** The cause is the last that was heard, so the two ways to notice a silence tell it once. */
    private void tellSilence(
            KeyValue<String, HostState> host, Severity severity, Duration silence, Instant now) {
        tell(
                new ServerAlert(
                        new HostName(host.key),
                        Kind.SILENT,
                        severity,
                        silence.toMillis() / 1_000.0,
                        thresholds.silence(severity).toMillis() / 1_000.0,
                        now),
                new EventIdentity(
                        host.key,
                        String.join(
                                "/",
                                Kind.SILENT.name(),
                                severity.name(),
                                host.value.measuredAt().toString())),
                null);
    }

    private void tell(ServerAlert alert, EventIdentity cause, @Nullable String traceparent) {
        context()
                .forward(
                        new Record<>(
                                alert.key(),
                                alert,
                                alert.raisedAt().toEpochMilli(),
                                DerivedEvent.headers(
                                        ServerAlert.class,
                                        DerivedEvent.identity(ServerAlertsTopology.NAME, cause),
                                        alert.raisedAt(),
                                        alert.key(),
                                        traceparent)));
    }

    private Instant heardOf(HostState host) {
        return host.arrivedAt().isAfter(listeningSince) ? host.arrivedAt() : listeningSince;
    }

    /** From when on a silence is counted. */
    @FunctionalInterface
    private interface Heard {

        Instant last(HostState host);
    }
}
