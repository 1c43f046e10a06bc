package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.systemtests.checkers.Findings;
import io.eventpipeline.systemtests.history.TopicReader;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What the topic of orders holds: where each order lies first, and how many copies follow. */
final class TopicContents {

    private final int[] partitions;
    private final long[] offsets;
    private final Map<Integer, Long> ends = new TreeMap<>();
    private final Map<Integer, Long> copies = new TreeMap<>();
    private final Findings findings;
    private long records;

    TopicContents(int orders, Findings findings) {
        partitions = new int[orders];
        offsets = new long[orders];
        this.findings = findings;
        Arrays.fill(partitions, -1);
    }

    static TopicContents read(
            TopicReader reader, String topic, BulkPlan plan, int orders, Findings findings) {
        TopicContents contents = new TopicContents(orders, findings);
        reader.forEach(
                topic,
                record ->
                        contents.add(
                                record.partition(),
                                record.offset(),
                                plan.numberOf(CloudEventHeaders.identityOf(record).id())));
        return contents;
    }

    /** Adds a record; those of a partition come in order. */
    void add(int partition, long offset, int number) {
        records++;
        long end = ends.getOrDefault(partition, 0L);
        if (offset != end) {
            findings.add(
                    "the topic has no gaps",
                    "partition %d goes on at %d behind %d".formatted(partition, offset, end));
        }
        ends.put(partition, offset + 1);
        if (number < 0 || number >= partitions.length) {
            findings.add(
                    "the topic has only what was sent",
                    "%d@%d is order %d".formatted(partition, offset, number));
        } else if (partitions[number] < 0) {
            partitions[number] = partition;
            offsets[number] = offset;
        } else {
            copies.merge(partition, 1L, Long::sum);
        }
    }

    /** Whether an order lies first at that position. */
    boolean isFirst(int number, int partition, long offset) {
        return partitions[number] == partition && offsets[number] == offset;
    }

    /** Whether the topic has an order. */
    boolean has(int number) {
        return partitions[number] >= 0;
    }

    /** How many orders were sent. */
    int orders() {
        return partitions.length;
    }

    /** How many records there are. */
    long records() {
        return records;
    }

    /** Where each partition ends. */
    Map<Integer, Long> ends() {
        return ends;
    }

    /** How many records of a partition are copies. */
    long copies(int partition) {
        return copies.getOrDefault(partition, 0L);
    }

    /** How many records are copies. */
    long copies() {
        return copies.values().stream().mapToLong(Long::longValue).sum();
    }
}
