package io.eventpipeline.consumer.steering;

import io.eventpipeline.consumer.groups.ListenerState;
import io.eventpipeline.consumer.groups.ListenerStates;
import io.eventpipeline.consumer.steering.ListenerView.AssignedPartition;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.stereotype.Component;

/** The listeners of this instance, to look at. Thread-safe. */
@Component
final class Listeners {

    private final KafkaListenerEndpointRegistry containers;
    private final ListenerStates states;

    Listeners(KafkaListenerEndpointRegistry containers, ListenerStates states) {
        this.containers = containers;
        this.states = states;
    }

    /**
     * The container of a listener.
     *
     * @throws org.springframework.web.ErrorResponseException with status 404 if there is none
     */
    MessageListenerContainer container(String id) {
        MessageListenerContainer container = containers.getListenerContainer(id);
        if (container == null) {
            throw ProblemType.NOT_FOUND.exception(
                    "No listener is called '%s'; there are %s"
                            .formatted(
                                    id,
                                    containers.getListenerContainerIds().stream()
                                            .sorted()
                                            .toList()));
        }
        return container;
    }

    List<ListenerView> all() {
        return containers.getListenerContainers().stream()
                .map(this::view)
                .sorted(Comparator.comparing(ListenerView::id))
                .toList();
    }

    ListenerView view(MessageListenerContainer container) {
        ListenerState state = states.of(container);
        return new ListenerView(
                String.valueOf(container.getListenerId()),
                groupOf(container),
                topicsOf(container),
                state.name().toString(),
                state.reason(),
                concurrencyOf(container),
                partitionsOf(container),
                noteOn(container));
    }

    /** The topics of a listener, by its subscription or by what it was given. */
    static List<String> topicsOf(MessageListenerContainer container) {
        ContainerProperties properties = container.getContainerProperties();
        Stream<String> topics =
                Stream.concat(
                        Optional.ofNullable(properties.getTopics()).stream()
                                .flatMap(Arrays::stream),
                        given(container).map(TopicPartitionOffset::getTopic));
        if (properties.getTopicPattern() != null) {
            topics = assigned(container).map(TopicPartition::topic);
        }
        return topics.distinct().sorted().toList();
    }

    /** How many partitions a listener was given instead of a subscription. */
    static int givenPartitions(MessageListenerContainer container) {
        return (int) given(container).count();
    }

    /** Whether partitions of the same number go to the same member, topic for topic. */
    static boolean dividesEachTopic(MessageListenerContainer container) {
        Properties own = container.getContainerProperties().getKafkaConsumerProperties();
        return RangeAssignor.class
                        .getName()
                        .equals(
                                own.getProperty(
                                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG))
                || RangeAssignor.RANGE_ASSIGNOR_NAME.equals(
                        own.getProperty(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG));
    }

    static int concurrencyOf(MessageListenerContainer container) {
        return container instanceof ConcurrentMessageListenerContainer<?, ?> several
                ? several.getConcurrency()
                : 1;
    }

    private static @Nullable String groupOf(MessageListenerContainer container) {
        return givenPartitions(container) > 0 ? null : container.getGroupId();
    }

    private static List<AssignedPartition> partitionsOf(MessageListenerContainer container) {
        return Optional.ofNullable(container.getAssignmentsByClientId())
                .orElse(Map.of())
                .entrySet()
                .stream()
                .flatMap(member ->
                        member.getValue().stream()
                                .map(partition ->
                                        new AssignedPartition(
                                                partition.topic(),
                                                partition.partition(),
                                                member.getKey())))
                .sorted(
                        Comparator.comparing(AssignedPartition::topic)
                                .thenComparingInt(AssignedPartition::partition))
                .toList();
    }

    private static @Nullable String noteOn(MessageListenerContainer container) {
        if (!container.isRunning()) {
            return null;
        }
        List<? extends MessageListenerContainer> consumers = ListenerStates.consumersOf(container);
        long idle = consumers.stream().filter(ListenerStates::isIdle).count();
        return idle == 0
                ? null
                : ("%d of %d consumers have no partition: they have just joined, or the group has"
                                + " more members than partitions")
                        .formatted(idle, consumers.size());
    }

    private static Stream<TopicPartitionOffset> given(MessageListenerContainer container) {
        @Nullable TopicPartitionOffset @Nullable [] given =
                container.getContainerProperties().getTopicPartitions();
        return given == null ? Stream.of() : Arrays.stream(given).filter(Objects::nonNull);
    }

    private static Stream<TopicPartition> assigned(MessageListenerContainer container) {
        return Optional.ofNullable(container.getAssignedPartitions()).stream()
                .flatMap(partitions -> partitions.stream());
    }
}
