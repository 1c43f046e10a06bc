package io.eventpipeline.producer.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.producer.topics.AvailableTopic;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Chooses partitions for records that do not name one. {@code sticky} leaves it to Kafka: the key's
 * murmur2 hash, or without key one partition until its batch is full (KIP-794); {@code round-robin}
 * takes one after the other, whatever the key; {@code pinned} sends configured keys to configured
 * partitions and refuses a record without key. Thread-safe.
 */
final class RecordPartitioner {

    /** Which one a request asked for. */
    enum Kind {
        STICKY,
        ROUND_ROBIN,
        PINNED
    }

    private final Map<String, Map<String, Integer>> pinned = new HashMap<>();
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

    RecordPartitioner(PartitionerProperties properties) {
        for (PartitionerProperties.Pin pin : properties.pinned()) {
            pinned.computeIfAbsent(pin.topic(), _ -> new HashMap<>())
                    .put(pin.key(), pin.partition());
        }
    }

    /** Why a record cannot be sent that way; empty if it can. */
    Optional<String> refusal(Kind kind, AvailableTopic topic, byte @Nullable [] key) {
        if (kind != Kind.PINNED) {
            return Optional.empty();
        }
        if (key == null) {
            return Optional.of("is required by the partitioner pinned");
        }
        Integer pin = pinOf(topic, key);
        return pin != null && pin >= topic.partitions()
                ? Optional.of(
                        "is pinned to partition "
                                + pin
                                + ", but the topic has only "
                                + topic.partitions())
                : Optional.empty();
    }

    /** The partition of a record that was not refused; null leaves it to Kafka. */
    @Nullable Integer partition(Kind kind, AvailableTopic topic, byte @Nullable [] key) {
        return switch (kind) {
            case STICKY -> null;
            case ROUND_ROBIN ->
                    Math.floorMod(
                            turns.computeIfAbsent(topic.name(), _ -> new AtomicInteger())
                                    .getAndIncrement(),
                            topic.partitions());
            case PINNED -> key == null ? null : pinOf(topic, key);
        };
    }

    private @Nullable Integer pinOf(AvailableTopic topic, byte[] key) {
        Map<String, Integer> pins = pinned.get(topic.name());
        return pins == null ? null : pins.get(new String(key, UTF_8));
    }
}
