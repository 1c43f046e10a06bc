package io.eventpipeline.consumer.steering;

import io.eventpipeline.consumer.delivery.GroupMembers;
import io.eventpipeline.consumer.groups.ListenerStates;
import io.eventpipeline.starter.problem.ProblemType;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Moves where a group reads on: for all its members, in whatever instance. Answered when the stored
 * offsets are moved; members follow with their next batch, or within {@code
 * pipeline.consumer.retry.offset-check} while they are idle.
 */
@RestController
final class SeekController {

    private static final int RETRY_AFTER_SECONDS = 2;

    private final Listeners listeners;
    private final ListenerStates states;
    private final GroupMembers members;
    private final GroupSeek seek;

    SeekController(
            Listeners listeners, ListenerStates states, GroupMembers members, GroupSeek seek) {
        this.listeners = listeners;
        this.states = states;
        this.members = members;
        this.seek = seek;
    }

    @PostMapping("/listeners/{id}/seek")
    SeekAnswer seek(@PathVariable String id, @RequestBody byte[] json) {
        MessageListenerContainer listener = listeners.container(id);
        String group = listener.getGroupId();
        if (group != null && members.keepsOffsetsInKafka(group)) {
            throw ProblemType.UNSUPPORTED_COMMAND.exception(
                    "Group '"
                            + group
                            + "' has its offsets in Kafka (commits.mode): stop it in all"
                            + " instances and reset them with kafka-consumer-groups");
        }
        if (group == null || !members.storesOffsets(group)) {
            throw ProblemType.UNSUPPORTED_COMMAND.exception(
                    "Listener '" + id + "' keeps no offsets that could be moved");
        }
        SeekRequest request = SeekRequest.read(json);
        states.waitingFor(listener)
                .ifPresent(reason -> {
                    throw ProblemType.LISTENER_BUSY.exception(
                            "The listener was not started yet: " + reason, RETRY_AFTER_SECONDS);
                });
        return seek.seek(group, Listeners.topicsOf(listener), request);
    }
}
