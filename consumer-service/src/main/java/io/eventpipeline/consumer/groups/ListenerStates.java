package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.GroupStatuses;
import io.eventpipeline.consumer.delivery.MemberStatus;
import io.eventpipeline.consumer.groups.ListenerState.Name;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/** Tells how the listeners of this instance do, whatever group they belong to. Thread-safe. */
@Component
public final class ListenerStates {

    private final ListenerStart start;
    private final List<GroupStatuses> members;

    ListenerStates(ListenerStart start, List<GroupStatuses> members) {
        this.start = start;
        this.members = members;
    }

    /** What a listener waits for before it can be steered; empty once it was started. */
    public Optional<String> waitingFor(MessageListenerContainer container) {
        return start.waitingFor(String.valueOf(container.getListenerId()));
    }

    /** How a listener does; it may be one that this instance does not have. */
    public ListenerState of(@Nullable MessageListenerContainer container) {
        if (container == null) {
            return ListenerState.of(Name.STOPPED, "This instance has no such listener");
        }
        Optional<String> waitingFor = waitingFor(container);
        if (waitingFor.isPresent()) {
            return ListenerState.of(Name.WAITING, waitingFor.get());
        }
        if (!container.isInExpectedState()) {
            return ListenerState.of(
                    Name.FAILED, "A consumer of the listener ended by an error; the log has it");
        }
        if (!container.isRunning()) {
            return container.isChildRunning()
                    ? ListenerState.of(Name.STOPPING, "The listener finishes its batch")
                    : ListenerState.of(Name.STOPPED, "The listener is stopped");
        }
        if (container.isPauseRequested()) {
            return isPaused(container)
                    ? ListenerState.of(Name.PAUSED, "The listener was paused")
                    : ListenerState.of(Name.PAUSING, "The listener finishes its batch");
        }
        return ofMembers(container.getListenerId());
    }

    /** Whether a pause is in effect; a consumer without partitions has nothing to pause. */
    public static boolean isPaused(MessageListenerContainer container) {
        return container.isPauseRequested()
                && consumersOf(container).stream()
                        .allMatch(consumer -> consumer.isContainerPaused() || isIdle(consumer));
    }

    /** The single consumers of a listener; none while it is stopped. */
    public static List<? extends MessageListenerContainer> consumersOf(
            MessageListenerContainer container) {
        return container instanceof ConcurrentMessageListenerContainer<?, ?> several
                ? several.getContainers()
                : List.of(container);
    }

    /** Whether a consumer has no partitions. */
    public static boolean isIdle(MessageListenerContainer consumer) {
        Collection<?> assigned = consumer.getAssignedPartitions();
        return assigned == null || assigned.isEmpty();
    }

    private ListenerState ofMembers(String id) {
        Map<String, String> stopped = new TreeMap<>();
        String suspended = null;
        for (MemberStatus status :
                members.stream().flatMap(some -> some.statuses(id).stream()).toList()) {
            status.stopped()
                    .forEach((partition, reason) -> stopped.put(partition.toString(), reason));
            suspended = status.suspended() == null ? suspended : status.suspended();
        }
        if (suspended != null) {
            return new ListenerState(Name.SUSPENDED, suspended, stopped);
        }
        return stopped.isEmpty()
                ? ListenerState.of(Name.RUNNING, null)
                : new ListenerState(Name.ALARM, "Partitions wait for an operator", stopped);
    }
}
