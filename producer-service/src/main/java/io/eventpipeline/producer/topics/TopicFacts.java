package io.eventpipeline.producer.topics;

import io.eventpipeline.model.topic.CleanupPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster says of a topic.
 *
 * @param partitions how many it has
 * @param internal whether it belongs to Kafka
 * @param cleanup what happens to its old records
 * @param retention how long records are kept; null for ever
 * @param maxRecordBytes its {@code max.message.bytes}
 */
record TopicFacts(
        int partitions,
        boolean internal,
        CleanupPolicy cleanup,
        @Nullable Duration retention,
        int maxRecordBytes) {

    /**
     * Asks the cluster.
     *
     * @return empty if there is no such topic; failed if the cluster does not say in time
     */
    static CompletableFuture<Optional<TopicFacts>> ask(
            Admin admin, String topic, Duration timeout) {
        int millis = (int) timeout.toMillis();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        CompletableFuture<Map<String, TopicDescription>> description =
                admin.describeTopics(
                                TopicCollection.ofTopicNames(List.of(topic)),
                                new DescribeTopicsOptions().timeoutMs(millis))
                        .allTopicNames()
                        .toCompletionStage()
                        .toCompletableFuture();
        CompletableFuture<Map<ConfigResource, Config>> config =
                admin.describeConfigs(
                                List.of(resource), new DescribeConfigsOptions().timeoutMs(millis))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture();
        return description
                .thenCombine(
                        config,
                        (topics, configs) ->
                                of(
                                        topics.values().iterator().next(),
                                        configs.values().iterator().next()))
                .thenApply(Optional::of)
                .exceptionally(TopicFacts::emptyIfUnknown);
    }

    private static Optional<TopicFacts> emptyIfUnknown(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof UnknownTopicOrPartitionException
                || cause instanceof InvalidTopicException) {
            return Optional.empty();
        }
        throw new CompletionException(cause);
    }

    private static TopicFacts of(TopicDescription description, Config config) {
        long retention = number(config, TopicConfig.RETENTION_MS_CONFIG);
        return new TopicFacts(
                description.partitions().size(),
                description.isInternal(),
                cleanup(config),
                retention < 0 ? null : Duration.ofMillis(retention),
                (int) number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    }

    private static CleanupPolicy cleanup(Config config) {
        String value = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        return Map.of(
                        TopicConfig.CLEANUP_POLICY_DELETE, CleanupPolicy.DELETE,
                        TopicConfig.CLEANUP_POLICY_COMPACT, CleanupPolicy.COMPACT)
                .getOrDefault(value, CleanupPolicy.COMPACT_AND_DELETE);
    }

    private static long number(Config config, String name) {
        return Long.parseLong(config.get(name).value());
    }
}
