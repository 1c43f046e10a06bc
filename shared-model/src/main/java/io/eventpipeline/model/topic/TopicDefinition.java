package io.eventpipeline.model.topic;

import io.eventpipeline.model.event.Event;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * A topic as it should be in one environment.
 *
 * @param name valid by {@link TopicNames}
 * @param partitions how many; only ever grown, because growth moves keys
 * @param cleanup what happens to old records
 * @param retention how long records are kept; absent for purely compacted topics
 * @param profile how producers write it
 * @param eventType what its values are; absent for topics of plain text and of Connect
 * @param keyed whether records have a key that decides their partition
 * @param audience who writes to it
 */
public record TopicDefinition(
        String name,
        int partitions,
        CleanupPolicy cleanup,
        @Nullable Duration retention,
        DeliveryProfile profile,
        @Nullable Class<? extends Event> eventType,
        boolean keyed,
        Audience audience) {

    /** Suffix of dead-letter topics, the one that spring-kafka uses since 3.0. */
    public static final String DEAD_LETTER_SUFFIX = "-dlt";

    /** What stands between a topic's name and the number of its retry topic, as in spring-kafka. */
    public static final String RETRY_INFIX = "-retry-";

    private static final Pattern RETRY_SUFFIX = Pattern.compile(RETRY_INFIX + "\\d+$");

    /**
     * The largest dead letter in bytes, and what its producers need as {@code max.request.size}. A
     * letter is its record and headers about the failure: a record that just fits into its topic
     * must fit here too, or it would stop its partition for ever.
     */
    public static final int MAX_DEAD_LETTER_BYTES = 2 * 1024 * 1024;

    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(14);

    /**
     * The segment that is written to is neither compacted nor deleted, and would be read back whole
     * at each start.
     */
    private static final Duration SEGMENT_OF_REQUESTS = Duration.ofHours(1);

    /** Who writes to a topic, and so which doors know it. */
    public enum Audience {
        /** Any sender, by a REST door. */
        SENDERS,
        /** Topologies only; anyone may read. */
        TOPOLOGIES,
        /** Whoever could not process a record. */
        DEAD_LETTERS,
        /** A consumer, for its next attempt at a record. */
        RETRIES,
        /** Kafka Connect, for itself. */
        CONNECT,
        /** The producer-service, for itself. */
        PRODUCER;

        /** Whether a service keeps what only it understands there: no door and no dead letters. */
        boolean isService() {
            return this == CONNECT || this == PRODUCER;
        }
    }

    /**
     * Checks what can be checked without a cluster.
     *
     * @throws IllegalArgumentException if the name is refused by {@link TopicNames} or there is no
     *     partition
     */
    public TopicDefinition {
        TopicNames.requireValid(name);
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "Topic " + name + " needs at least one partition, not " + partitions);
        }
    }

    /** The event type, if values have one. */
    public Optional<Class<? extends Event>> type() {
        return Optional.ofNullable(eventType);
    }

    /** The topic's dead-letter topic: as many partitions, so that a letter keeps its partition. */
    public TopicDefinition deadLetter() {
        return new TopicDefinition(
                name + DEAD_LETTER_SUFFIX,
                partitions,
                CleanupPolicy.DELETE,
                DEAD_LETTER_RETENTION,
                DeliveryProfile.CRITICAL,
                null,
                keyed,
                Audience.DEAD_LETTERS);
    }

    /**
     * A topic where records of this one wait for their next attempt: kept like dead letters,
     * because they are all that is left of a record that was passed.
     *
     * @param number which of the topic's retry topics, from 0
     */
    public TopicDefinition retry(int number) {
        return new TopicDefinition(
                name + RETRY_INFIX + number,
                partitions,
                CleanupPolicy.DELETE,
                DEAD_LETTER_RETENTION,
                DeliveryProfile.CRITICAL,
                null,
                keyed,
                Audience.RETRIES);
    }

    /** Whether a name is that of a retry topic. */
    public static boolean isRetry(String name) {
        return RETRY_SUFFIX.matcher(name).find();
    }

    /** The name of the topic that a retry topic belongs to; any other name as it is. */
    public static String withoutRetrySuffix(String name) {
        return RETRY_SUFFIX.matcher(name).replaceFirst("");
    }

    /**
     * The topic's settings, those that differ from what a broker has by default.
     *
     * @param replicationFactor in how many copies it is kept. With three or more, {@code
     *     min.insync.replicas} is 2: the static broker value counts only at the cluster's first
     *     start (KIP-966), so it is set on the topic.
     */
    public Map<String, String> configs(int replicationFactor) {
        Map<String, String> configs = new TreeMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.configValue());
        configs.put(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(minInSyncReplicas(replicationFactor)));
        if (retention != null) {
            configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        }
        if (audience == Audience.DEAD_LETTERS || audience == Audience.RETRIES) {
            configs.put(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_DEAD_LETTER_BYTES));
        }
        if (audience == Audience.PRODUCER) {
            configs.put(
                    TopicConfig.SEGMENT_MS_CONFIG, Long.toString(SEGMENT_OF_REQUESTS.toMillis()));
        }
        return configs;
    }

    /** How many copies must have a record before acks=all counts it as stored. */
    public static int minInSyncReplicas(int replicationFactor) {
        return replicationFactor >= 3 ? 2 : 1;
    }

    NewTopic toNewTopic(int replicationFactor) {
        return new NewTopic(name, partitions, (short) replicationFactor)
                .configs(configs(replicationFactor));
    }
}
