package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.GroupStatuses;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.stereotype.Component;

/** How the groups of this instance do, as gauges. */
@Component
final class GroupMetrics {

    GroupMetrics(List<GroupStatuses> members, MeterRegistry registry) {
        for (ListenerGroup group : ListenerGroup.values()) {
            Gauge.builder(
                            "pipeline.consumer.partitions.stopped",
                            members,
                            all ->
                                    all.stream()
                                            .flatMap(some -> some.statuses(group.id()).stream())
                                            .mapToInt(status -> status.stopped().size())
                                            .sum())
                    .description("Partitions that wait for an operator")
                    .tag("group", group.id())
                    .strongReference(true)
                    .register(registry);
            Gauge.builder(
                            "pipeline.consumer.members.suspended",
                            members,
                            all ->
                                    all.stream()
                                            .flatMap(some -> some.statuses(group.id()).stream())
                                            .filter(status -> status.suspended() != null)
                                            .count())
                    .description("Consumers that wait for something that is away")
                    .tag("group", group.id())
                    .strongReference(true)
                    .register(registry);
        }
    }
}
