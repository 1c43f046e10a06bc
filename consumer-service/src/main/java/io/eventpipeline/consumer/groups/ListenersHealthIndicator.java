package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.GroupMembers;
import io.eventpipeline.consumer.delivery.MemberStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
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
    private final ListenerStart start;
    private final GroupMembers members;

    ListenersHealthIndicator(
            KafkaListenerEndpointRegistry containers, ListenerStart start, GroupMembers members) {
        this.containers = containers;
        this.start = start;
        this.members = members;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        for (ListenerGroup group : ListenerGroup.values()) {
            Map<String, Object> details = describe(group.id());
            builder.withDetail(group.id(), details);
            if (!"running".equals(details.get("state"))) {
                builder.status("DEGRADED");
            }
        }
    }

    private Map<String, Object> describe(String group) {
        Map<String, Object> details = new LinkedHashMap<>();
        MessageListenerContainer container = containers.getListenerContainer(group);
        if (!start.isDone()) {
            details.put("state", "waiting");
            details.put("reason", "The topics or the schema are not there yet");
        } else if (container == null || !container.isRunning()) {
            details.put("state", "stopped");
            details.put("reason", "The listener is stopped");
        } else if (!container.isInExpectedState()) {
            details.put("state", "failed");
            details.put("reason", "A consumer of the listener ended by an error; the log has it");
        } else if (container.isPauseRequested()) {
            details.put("state", "paused");
            details.put("reason", "The listener was paused");
        } else {
            describeMembers(group, details);
        }
        return details;
    }

    private void describeMembers(String group, Map<String, Object> details) {
        Map<String, String> stopped = new TreeMap<>();
        int partitions = 0;
        details.put("state", "running");
        for (MemberStatus status : members.statuses(group)) {
            partitions += status.partitions();
            status.stopped()
                    .forEach((partition, reason) -> stopped.put(partition.toString(), reason));
            String suspended = status.suspended();
            if (suspended != null) {
                details.put("state", "suspended");
                details.put("reason", suspended);
            }
        }
        details.put("partitions", partitions);
        if (!stopped.isEmpty()) {
            details.put("stopped", stopped);
            details.putIfAbsent("reason", "Partitions wait for an operator");
            details.replace("state", "running", "alarm");
        }
    }
}
