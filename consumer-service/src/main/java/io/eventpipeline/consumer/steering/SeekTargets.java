package io.eventpipeline.consumer.steering;

import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.model.json.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * Computes where each partition reads on, and gathers those that the log does not have. For one
 * request.
 */
final class SeekTargets {

    private final SeekRequest request;
    private final Map<TopicPartition, LogBounds> logs;
    private final Map<TopicPartition, Long> offsetsAtTime;
    private final List<Violation> outside = new ArrayList<>();

    SeekTargets(
            SeekRequest request,
            Map<TopicPartition, LogBounds> logs,
            Map<TopicPartition, Long> offsetsAtTime) {
        this.request = request;
        this.logs = logs;
        this.offsetsAtTime = offsetsAtTime;
    }

    /** The new offset of a partition that stands somewhere. */
    long of(TopicPartition partition, long from) {
        LogBounds log = Objects.requireNonNull(logs.get(partition));
        long target =
                switch (request.to()) {
                    case EARLIEST -> log.beginning();
                    case LATEST -> log.lastStable();
                    case OFFSET -> request.value();
                    case TIMESTAMP -> offsetsAtTime.getOrDefault(partition, log.lastStable());
                    case RELATIVE -> shifted(from);
                };
        if (!log.contains(target)) {
            outside.add(
                    new Violation(
                            "/value",
                            "%s has the offsets %d to %d, and %d is outside"
                                    .formatted(
                                            partition, log.beginning(), log.lastStable(), target)));
        }
        return target;
    }

    /**
     * Ends the computation.
     *
     * @throws org.springframework.web.ErrorResponseException with status 422, if any partition does
     *     not have its target
     */
    void requireInside() {
        if (!outside.isEmpty()) {
            throw CommandBody.refused(outside);
        }
    }

    private long shifted(long from) {
        try {
            return Math.addExact(from, request.value());
        } catch (ArithmeticException e) {
            return request.value() < 0 ? -1 : Long.MAX_VALUE;
        }
    }
}
