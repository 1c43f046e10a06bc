package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.intake.ReadRecord.Poison;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/**
 * What delivery did, as counters since the start of this instance. The counts that survive it are
 * in the table {@code consumer_offset}. Thread-safe.
 */
@Component
final class DeliveryMetrics {

    private static final String PREFIX = "pipeline.consumer.";

    private final MeterRegistry registry;

    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void delivered(String group, DeliveryResult result) {
        for (Slice slice : result.written()) {
            String topic = slice.partition().topic();
            int repeats = result.repeats().getOrDefault(slice.partition(), 0);
            count("rows.written", group, topic, rows(slice, repeats, result.deadLetters()));
            count("repeats.dropped", group, topic, repeats);
        }
        for (Poison letter : result.deadLetters()) {
            registry.counter(
                            PREFIX + "dead.letters",
                            "group",
                            group,
                            "topic",
                            letter.source().topic(),
                            "reason",
                            letter.cause().reason().tag())
                    .increment();
        }
        for (Slice slice : result.refused()) {
            count("zombie.writes.refused", group, slice.partition().topic(), 1);
        }
    }

    /** A commit ended without an answer: only the row can tell whether it happened. */
    void outcomeUnknown(String group) {
        registry.counter(PREFIX + "commits.unknown", "group", group).increment();
    }

    /** Kafka did not take an offset; the database has it, so nothing is lost. */
    void kafkaCommitFailed(String group) {
        registry.counter(PREFIX + "kafka.commits.failed", "group", group).increment();
    }

    /** A member stopped reading because something it needs is away. */
    void suspended(String group) {
        registry.counter(PREFIX + "suspensions", "group", group).increment();
    }

    /** Partitions came or went. */
    void rebalanced(String group, String event, int partitions) {
        registry.counter(PREFIX + "partitions.rebalanced", "group", group, "event", event)
                .increment(partitions);
    }

    private static int rows(Slice slice, int repeats, List<Poison> letters) {
        TopicPartition partition = slice.partition();
        long poison =
                letters.stream()
                        .map(Poison::source)
                        .filter(source ->
                                source.partition() == partition.partition()
                                        && source.topic().equals(partition.topic()))
                        .count();
        return slice.records().size() - repeats - (int) poison;
    }

    private void count(String name, String group, String topic, int amount) {
        registry.counter(PREFIX + name, "group", group, "topic", topic).increment(amount);
    }
}
