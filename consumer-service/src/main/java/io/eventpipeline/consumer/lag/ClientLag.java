package io.eventpipeline.consumer.lag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * What the consumers of this instance say of their lag themselves ({@code records-lag} of Kafka's
 * client metrics): from the position of the fetcher, as of the last fetch. So it stands still while
 * a listener is paused and says nothing of partitions that nobody owns. Thread-safe.
 */
@Component
final class ClientLag {

    private final KafkaListenerEndpointRegistry containers;

    ClientLag(KafkaListenerEndpointRegistry containers) {
        this.containers = containers;
    }

    /**
     * The lag of a consumer in a partition.
     *
     * @param group the listener's group
     * @param member the consumer's client id
     * @param topic the partition's topic
     * @param partition its number
     * @param lag records behind, as of the last fetch; null before the first
     * @param paused whether the listener is paused, so that the figure does not change
     */
    record MemberLag(
            @Nullable String group,
            String member,
            String topic,
            int partition,
            @Nullable Long lag,
            boolean paused) {}

    /** The lags of all consumers. */
    List<MemberLag> find() {
        List<MemberLag> lags = new ArrayList<>();
        for (MessageListenerContainer container : containers.getListenerContainers()) {
            var assignments = container.getAssignmentsByClientId();
            if (assignments == null) {
                continue;
            }
            Map<String, Map<MetricName, ? extends Metric>> metrics = container.metrics();
            assignments.forEach((member, partitions) ->
                    partitions.forEach(partition ->
                            lags.add(
                                    new MemberLag(
                                            container.getGroupId(),
                                            member,
                                            partition.topic(),
                                            partition.partition(),
                                            lagIn(
                                                    partition,
                                                    metrics.getOrDefault(member, Map.of())),
                                            container.isPauseRequested()))));
        }
        lags.sort(
                Comparator.comparing(MemberLag::member)
                        .thenComparing(MemberLag::topic)
                        .thenComparingInt(MemberLag::partition));
        return lags;
    }

    private static @Nullable Long lagIn(
            TopicPartition partition, Map<MetricName, ? extends Metric> metrics) {
        return metrics.values().stream()
                .filter(metric ->
                        metric.metricName().name().equals("records-lag")
                                && isOf(partition, metric.metricName().tags()))
                .map(Metric::metricValue)
                .filter(value -> value instanceof Double lag && !lag.isNaN())
                .map(value -> ((Double) value).longValue())
                .findFirst()
                .orElse(null);
    }

    /** Clients of Kafka 4 give a topic by its name, and also with dots replaced (KIP-1109). */
    private static boolean isOf(TopicPartition partition, Map<String, String> tags) {
        String topic = tags.get("topic");
        return Integer.toString(partition.partition()).equals(tags.get("partition"))
                && (partition.topic().equals(topic)
                        || partition.topic().replace('.', '_').equals(topic));
    }
}
