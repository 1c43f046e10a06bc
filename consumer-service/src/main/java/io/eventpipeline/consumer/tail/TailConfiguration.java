package io.eventpipeline.consumer.tail;

import io.eventpipeline.consumer.listening.BatchEndpoint;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.annotation.KafkaListenerConfigurer;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

/** The listener of the tail, unless no partition is chosen. */
@Configuration(proxyBeanMethods = false)
class TailConfiguration {

    private static final String ID = "tail";

    /** Whoever shows the end of a log does not mind that its beginning has moved. */
    private static final Map<String, String> CONSUMER =
            Map.of(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    "false",
                    ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                    Integer.toString(2 * 1024 * 1024),
                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                    Integer.toString(256 * 1024));

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> tailContainerFactory(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers) {
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        configurer.configure(factory, consumers);
        return factory;
    }

    @Bean
    KafkaListenerConfigurer tailListenerConfigurer(
            TailProperties properties,
            TopicCatalogue catalogue,
            TailListener listener,
            Environment environment,
            @Qualifier("tailContainerFactory")
                    ConcurrentKafkaListenerContainerFactory<Object, Object> factory) {
        List<TopicPartitionOffset> partitions =
                properties.chosen().stream()
                        .flatMap(chosen -> partitions(chosen, catalogue))
                        .map(partition -> beginning(partition, properties.startBack()))
                        .toList();
        return registrar -> {
            if (!partitions.isEmpty()) {
                registrar.registerEndpoint(
                        new BatchEndpoint(
                                ID,
                                null,
                                List.of(),
                                partitions,
                                environment.getRequiredProperty("pipeline.consumer.instance-id")
                                        + "-"
                                        + ID,
                                1,
                                CONSUMER,
                                listener),
                        factory);
            }
        };
    }

    private static Stream<TopicPartitionOffset> partitions(
            TailProperties.Chosen chosen, TopicCatalogue catalogue) {
        TopicDefinition topic = catalogue.get(chosen.topic());
        return (chosen.partitions().isEmpty()
                        ? IntStream.range(0, topic.partitions()).boxed()
                        : chosen.partitions().stream().sorted())
                .map(partition -> new TopicPartitionOffset(topic.name(), partition));
    }

    private static TopicPartitionOffset beginning(TopicPartitionOffset partition, int back) {
        return back == 0
                ? new TopicPartitionOffset(
                        partition.getTopic(), partition.getPartition(), SeekPosition.END)
                // A negative offset counts from the end.
                : new TopicPartitionOffset(
                        partition.getTopic(), partition.getPartition(), (long) -back);
    }
}
