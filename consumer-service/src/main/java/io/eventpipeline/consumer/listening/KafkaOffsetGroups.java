package io.eventpipeline.consumer.listening;

import java.time.Duration;
import java.util.List;

/** Groups of this service whose offsets are in Kafka and nowhere else. Thread-safe. */
@FunctionalInterface
public interface KafkaOffsetGroups {

    /** The groups; always the same. */
    List<KafkaOffsetGroup> groups();

    /**
     * Such a group.
     *
     * @param id its id
     * @param topics what it reads
     * @param delay how long each of its records has to wait before it may be read
     */
    record KafkaOffsetGroup(String id, List<String> topics, Duration delay) {}
}
