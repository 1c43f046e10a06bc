package io.eventpipeline.consumer.listening;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.KafkaListenerEndpoint;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.converter.MessageConverter;

/**
 * A listener that takes batches and is not started by itself. Immutable.
 *
 * @param id its id
 * @param group its group; null for one that reads chosen partitions
 * @param topics what it subscribes to; none if it reads chosen partitions
 * @param partitions the chosen partitions, and where each begins
 * @param clientId how its consumers are called
 * @param concurrency how many there are
 * @param consumer settings of the consumers that differ from {@code spring.kafka.consumer}
 * @param listener takes what they read
 */
public record BatchEndpoint(
        String id,
        @Nullable String group,
        List<String> topics,
        List<TopicPartitionOffset> partitions,
        String clientId,
        int concurrency,
        Map<String, String> consumer,
        BatchMessageListener<byte[], byte[]> listener)
        implements KafkaListenerEndpoint {

    @Override
    public String getId() {
        return id;
    }

    @Override
    public @Nullable String getGroupId() {
        return group;
    }

    /** Spring's own name for a number of listeners, which is not used. */
    @Override
    public @Nullable String getGroup() {
        return null;
    }

    @Override
    public Collection<String> getTopics() {
        return topics;
    }

    @Override
    public TopicPartitionOffset @Nullable [] getTopicPartitionsToAssign() {
        return partitions.isEmpty() ? null : partitions.toArray(TopicPartitionOffset[]::new);
    }

    @Override
    public @Nullable Pattern getTopicPattern() {
        return null;
    }

    @Override
    public String getClientIdPrefix() {
        return clientId;
    }

    @Override
    public Integer getConcurrency() {
        return concurrency;
    }

    @Override
    public Boolean getAutoStartup() {
        return false;
    }

    @Override
    public Properties getConsumerProperties() {
        Properties properties = new Properties();
        properties.putAll(consumer);
        return properties;
    }

    @Override
    public Boolean getBatchListener() {
        return true;
    }

    @Override
    public void setupListenerContainer(
            MessageListenerContainer container, @Nullable MessageConverter converter) {
        container.setupMessageListener(listener);
    }

    @Override
    public boolean isSplitIterables() {
        return false;
    }

    @Override
    public @Nullable String getAckMode() {
        return null;
    }
}
