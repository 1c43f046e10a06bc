package io.eventpipeline.consumer.steering;

import io.eventpipeline.consumer.delivery.GroupMembers;
import io.eventpipeline.consumer.delivery.OffsetSeek;
import io.eventpipeline.consumer.delivery.OffsetSeek.Move;
import io.eventpipeline.consumer.delivery.OffsetSeek.Start;
import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import io.eventpipeline.consumer.steering.SeekRequest.To;
import io.eventpipeline.consumer.store.DatabaseAvailability;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Seeks in groups whose offsets are stored with their rows. Thread-safe. */
@Component
final class GroupSeek {

    private static final String OPERATOR = "seek";
    private static final int RETRY_AFTER_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(GroupSeek.class);

    private final PartitionLogs logs;
    private final OffsetSeek offsets;
    private final GroupMembers members;
    private final DatabaseAvailability database;
    private final Admin admin;

    GroupSeek(
            PartitionLogs logs,
            OffsetSeek offsets,
            GroupMembers members,
            DatabaseAvailability database,
            Admin admin) {
        this.logs = logs;
        this.offsets = offsets;
        this.members = members;
        this.database = database;
        this.admin = admin;
    }

    /**
     * Seeks, or says what a seek would do.
     *
     * @throws org.springframework.web.ErrorResponseException with status 422 if the request does
     *     not fit the group or its logs, with status 503 if Kafka or PostgreSQL is away; nothing is
     *     moved then
     */
    SeekAnswer seek(String group, List<String> topics, SeekRequest request) {
        Set<TopicPartition> partitions =
                KafkaAnswers.orUnavailable(() -> partitions(topics, request));
        Map<TopicPartition, LogBounds> bounds =
                KafkaAnswers.orUnavailable(() -> logs.bounds(partitions));
        Map<TopicPartition, Long> atTime =
                request.to() == To.TIMESTAMP
                        ? KafkaAnswers.orUnavailable(
                                () -> logs.offsetsAt(partitions, request.value()))
                        : Map.of();
        List<Start> starts =
                partitions.stream().map(partition -> start(partition, bounds)).toList();
        SeekTargets targets = new SeekTargets(request, bounds, atTime);
        List<Move> moves =
                orUnavailable(() -> {
                    // Looked at without locks first, so that a bad request disturbs nobody.
                    List<Move> preview = offsets.preview(group, starts, targets::of);
                    targets.requireInside();
                    return request.dryRun() ? preview : move(group, starts, targets);
                });
        return SeekAnswer.of(group, request, moves);
    }

    private List<Move> move(String group, List<Start> starts, SeekTargets targets) {
        List<Move> moves =
                offsets.seek(
                        group,
                        OPERATOR,
                        starts,
                        (partition, from) -> {
                            long target = targets.of(partition, from);
                            targets.requireInside();
                            return target;
                        });
        log.info("An operator moved offsets of group {}: {}", group, moves);
        members.expectMoves(group);
        tellKafka(group, moves);
        return moves;
    }

    /** Members commit what they follow; a group without members is moved here, for monitors. */
    private void tellKafka(String group, List<Move> moves) {
        var _ =
                admin.alterConsumerGroupOffsets(
                                group,
                                moves.stream()
                                        .collect(
                                                Collectors.toMap(
                                                        Move::partition,
                                                        move -> new OffsetAndMetadata(move.to()))))
                        .all()
                        .whenComplete((done, e) -> {
                            if (e != null) {
                                log.debug("Kafka did not take offsets of group {}", group, e);
                            }
                        });
    }

    private Set<TopicPartition> partitions(List<String> topics, SeekRequest request) {
        String wanted = request.topic();
        if (wanted != null && !topics.contains(wanted)) {
            throw CommandBody.refused(List.of(new Violation("/topic", "must be one of " + topics)));
        }
        Set<TopicPartition> present =
                logs.describe(wanted == null ? topics : List.of(wanted)).values().stream()
                        .flatMap(topic ->
                                topic.partitions().stream()
                                        .map(info ->
                                                new TopicPartition(topic.name(), info.partition())))
                        .collect(Collectors.toSet());
        if (request.partitions().isEmpty()) {
            return present;
        }
        List<Violation> unknown = new ArrayList<>();
        for (int partition : request.partitions()) {
            if (present.stream().noneMatch(known -> known.partition() == partition)) {
                unknown.add(
                        new Violation(
                                "/partitions",
                                "%d is not one of the %d partitions of %s"
                                        .formatted(partition, present.size(), wanted)));
            }
        }
        if (!unknown.isEmpty()) {
            throw CommandBody.refused(unknown);
        }
        return present.stream()
                .filter(partition -> request.partitions().contains(partition.partition()))
                .collect(Collectors.toSet());
    }

    private static Start start(TopicPartition partition, Map<TopicPartition, LogBounds> bounds) {
        LogBounds log = Objects.requireNonNull(bounds.get(partition));
        return new Start(partition, log.topicId(), log.beginning());
    }

    private <T> T orUnavailable(Supplier<T> work) {
        if (!database.isAvailable()) {
            throw unavailable();
        }
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            log.warn("A seek failed", e);
            throw unavailable();
        }
    }

    private static RuntimeException unavailable() {
        return ProblemType.DATABASE_UNAVAILABLE.exception(
                "PostgreSQL does not answer", RETRY_AFTER_SECONDS);
    }
}
