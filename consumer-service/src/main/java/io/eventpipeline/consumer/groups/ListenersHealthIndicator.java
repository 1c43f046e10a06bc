package io.eventpipeline.consumer.groups;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * The health component {@code listeners}: UP while every group reads, else DEGRADED with the reason
 * of each group that does not. Groups stand for themselves, so it leaves readiness alone.
 */
@Component
final class ListenersHealthIndicator extends AbstractHealthIndicator {

    private final KafkaListenerEndpointRegistry containers;
    private final ListenerStates states;

    ListenersHealthIndicator(KafkaListenerEndpointRegistry containers, ListenerStates states) {
        this.containers = containers;
        this.states = states;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        containers.getListenerContainerIds().stream().sorted().forEach(id -> describe(id, builder));
    }

    private void describe(String id, Health.Builder builder) {
        MessageListenerContainer container = containers.getListenerContainer(id);
        ListenerState state = states.of(container);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", state.name().toString());
        if (state.reason() != null) {
            details.put("reason", state.reason());
        }
        if (container != null) {
            details.put(
                    "partitions",
                    ListenerStates.consumersOf(container).stream()
                            .map(MessageListenerContainer::getAssignedPartitions)
                            .filter(Objects::nonNull)
                            .mapToInt(partitions -> partitions.size())
                            .sum());
        }
        if (!state.stopped().isEmpty()) {
            details.put("stopped", state.stopped());
        }
        builder.withDetail(id, details);
        if (state.name() != ListenerState.Name.RUNNING) {
            builder.status("DEGRADED");
        }
    }
}
