package io.eventpipeline.streams.runtime;

import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.starter.settings.PipelineProperties;
import io.eventpipeline.streams.failure.DeadLetterDeserializationHandler;
import io.eventpipeline.streams.failure.DeadLetterProcessingHandler;
import io.eventpipeline.streams.failure.DeadLetterProductionHandler;
import io.eventpipeline.streams.failure.DeadLetters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Kafka Streams that are no choice of an operator, because the service's promises
 * or its other settings decide them. What may be tuned is in {@code application.yml}.
 */
final class StreamsSettings {

    /**
     * A waiting order lies in its changelog as JSON, its bytes in base64: larger than the record
     * that it was made from.
     */
    private static final int LARGEST_CHANGELOG_RECORD = 3 * 1024 * 1024;

    private StreamsSettings() {}

    static void apply(
            Properties config,
            PipelineProperties pipeline,
            StreamsProperties streams,
            DeadLetters deadLetters) {
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.STATE_DIR_CONFIG, usable(streams.stateDir()).toString());
        GroupSettings.apply(config, streams.groupProtocol());
        internalTopics(config, pipeline.replicationFactor());
        // A transaction's first records are sent back while the one before gets its markers
        // (KIP-890).
        config.putIfAbsent(
                StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 20);
        config.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetterDeserializationHandler.class);
        config.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetterProcessingHandler.class);
        config.put(
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetterProductionHandler.class);
        config.put(DeadLetters.CONFIG_KEY, deadLetters);
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDbMemory.class);
        config.put(
                BoundedRocksDbMemory.BYTES_CONFIG,
                Long.toString(streams.rocksdbMemory().toBytes()));
    }

    private static Path usable(Path stateDir) {
        try {
            Files.createDirectories(stateDir);
        } catch (IOException e) {
            throw unusable(stateDir, e);
        }
        if (!Files.isWritable(stateDir)) {
            throw unusable(stateDir, null);
        }
        return stateDir;
    }

    private static IllegalArgumentException unusable(Path stateDir, @Nullable IOException cause) {
        return new IllegalArgumentException(
                "pipeline.streams.state-dir must be a folder that can be written: " + stateDir,
                cause);
    }

    private static void internalTopics(Properties config, int replicationFactor) {
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
        config.put(
                StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                Integer.toString(TopicDefinition.minInSyncReplicas(replicationFactor)));
        config.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(LARGEST_CHANGELOG_RECORD));
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                LARGEST_CHANGELOG_RECORD);
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
                DeliveryProfile.CRITICAL
                        .producerConfig()
                        .get(ProducerConfig.COMPRESSION_TYPE_CONFIG));
    }
}
