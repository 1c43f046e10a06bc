package io.eventpipeline.consumer.steering;

import io.eventpipeline.consumer.partitions.PartitionLogs;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Changes how many consumers a listener of this instance runs. Its consumers leave the group and
 * others join, because a container's number of consumers is fixed while it runs.
 */
@RestController
final class ConcurrencyController {

    private static final String FIELD = "concurrency";

    private final Listeners listeners;
    private final ListenerSteering steering;
    private final PartitionLogs logs;
    private final ConnectionPool connections;

    ConcurrencyController(
            Listeners listeners,
            ListenerSteering steering,
            PartitionLogs logs,
            ConnectionPool connections) {
        this.listeners = listeners;
        this.steering = steering;
        this.logs = logs;
        this.connections = connections;
    }

    @RequestMapping(
            path = "/listeners/{id}/concurrency",
            method = {RequestMethod.PUT, RequestMethod.POST})
    ResponseEntity<ListenerView> change(@PathVariable String id, @RequestBody byte[] json) {
        if (!(listeners.container(id)
                instanceof ConcurrentMessageListenerContainer<?, ?> listener)) {
            throw ProblemType.UNSUPPORTED_COMMAND.exception(
                    "Listener '" + id + "' has one consumer by its nature");
        }
        CommandBody body = new CommandBody(json, Set.of(FIELD));
        Integer consumers = body.integer(FIELD);
        if (body.field(FIELD) == null) {
            body.violate(FIELD, "is required");
        } else if (consumers != null && consumers < 1) {
            body.violate(FIELD, "must be at least 1; to have none, stop the listener");
        }
        body.requireValid();
        int wanted = consumers == null ? 1 : consumers;
        requireWork(listener, wanted);
        connections.makeRoomFor(wanted - listener.getConcurrency());
        boolean inEffect = steering.concurrency(listener, wanted);
        return ResponseEntity.status(inEffect ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(listeners.view(listener));
    }

    private void requireWork(ConcurrentMessageListenerContainer<?, ?> listener, int wanted) {
        int partitions = partitionsOf(listener);
        if (wanted > partitions) {
            throw CommandBody.refused(
                    List.of(
                            new Violation(
                                    "/" + FIELD,
                                    ("must be at most %d, the number of partitions that '%s' reads:"
                                                    + " %d consumers would be idle")
                                            .formatted(
                                                    partitions,
                                                    listener.getListenerId(),
                                                    wanted - partitions))));
        }
    }

    /** By the range assignor, the numbers of the largest topic are all that there is to do. */
    private int partitionsOf(ConcurrentMessageListenerContainer<?, ?> listener) {
        int given = Listeners.givenPartitions(listener);
        if (given > 0) {
            return given;
        }
        IntStream topics =
                KafkaAnswers.orUnavailable(() -> logs.describe(Listeners.topicsOf(listener)))
                        .values()
                        .stream()
                        .mapToInt(topic -> topic.partitions().size());
        return Listeners.dividesEachTopic(listener) ? topics.max().orElse(0) : topics.sum();
    }
}
