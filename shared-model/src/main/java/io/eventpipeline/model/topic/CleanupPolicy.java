package io.eventpipeline.model.topic;

import org.apache.kafka.common.config.TopicConfig;

/** What a broker does with old records of a topic. */
public enum CleanupPolicy {
    /** Deletes whole segments that are older than the retention. */
    DELETE(TopicConfig.CLEANUP_POLICY_DELETE),
    /** Keeps the newest record of each key. */
    COMPACT(TopicConfig.CLEANUP_POLICY_COMPACT),
    /** Keeps the newest record of each key, as long as it is not older than the retention. */
    COMPACT_AND_DELETE(
            TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);

    private final String configValue;

    CleanupPolicy(String configValue) {
        this.configValue = configValue;
    }

    /** The value of the topic setting {@code cleanup.policy}. */
    public String configValue() {
        return configValue;
    }
}
