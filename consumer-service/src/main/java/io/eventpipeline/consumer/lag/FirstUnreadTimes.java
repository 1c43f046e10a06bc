package io.eventpipeline.consumer.lag;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The times of the first records that a group has not read. What was found is kept until the group
 * moves on. Confined to one thread at a time.
 */
final class FirstUnreadTimes {

    private final RecordTimes records;
    private final Map<TopicPartition, Found> found = new HashMap<>();

    FirstUnreadTimes(RecordTimes records) {
        this.records = records;
    }

    /**
     * The unread part of a partition.
     *
     * @param first the first unread offset
     * @param end the offset behind the last one
     */
    record Unread(long first, long end) {}

    /** As {@link RecordTimes#read}. */
    Map<TopicPartition, Long> find(Map<TopicPartition, Unread> unread, Duration timeout) {
        Map<TopicPartition, Long> times = new HashMap<>();
        Map<TopicPartition, Unread> missing = new HashMap<>();
        found.keySet().retainAll(unread.keySet());
        unread.forEach((partition, part) -> {
            Found known = found.get(partition);
            if (known != null && known.offset() == part.first()) {
                times.put(partition, known.time());
            } else {
                missing.put(partition, part);
            }
        });
        records.read(missing, timeout)
                .forEach((partition, time) -> {
                    times.put(partition, time);
                    Unread part = missing.get(partition);
                    // That only control records are left can change with the next record.
                    if (part != null && time != Long.MAX_VALUE) {
                        found.put(partition, new Found(part.first(), time));
                    }
                });
        return times;
    }

    private record Found(long offset, long time) {}
}
