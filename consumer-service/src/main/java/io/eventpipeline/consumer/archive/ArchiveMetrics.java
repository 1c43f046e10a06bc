package io.eventpipeline.consumer.archive;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What the archive did, as counters since the start of this instance. Thread-safe. */
@Component
final class ArchiveMetrics {

    private static final String PREFIX = "pipeline.consumer.";
    private static final String GROUP = "group";
    private static final String TOPIC = "topic";

    private final MeterRegistry registry;

    ArchiveMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A file is closed and has its name. */
    void published(String topic, RangeFile file) {
        registry.counter(PREFIX + "archive.files", TOPIC, topic).increment();
        registry.counter(PREFIX + "archive.records", TOPIC, topic)
                .increment((double) file.records());
        registry.counter(PREFIX + "archive.bytes", TOPIC, topic).increment((double) file.size());
    }

    /** Another writer was first: a zombie was refused, or refused this one. */
    void refused(String topic) {
        registry.counter(
                        PREFIX + "zombie.writes.refused", GROUP, ArchiveMembers.GROUP, TOPIC, topic)
                .increment();
    }

    void suspended() {
        registry.counter(PREFIX + "suspensions", GROUP, ArchiveMembers.GROUP).increment();
    }

    void kafkaCommitFailed() {
        registry.counter(PREFIX + "kafka.commits.failed", GROUP, ArchiveMembers.GROUP).increment();
    }

    void rebalanced(String event, int partitions) {
        registry.counter(
                        PREFIX + "partitions.rebalanced",
                        GROUP,
                        ArchiveMembers.GROUP,
                        "event",
                        event)
                .increment(partitions);
    }
}
