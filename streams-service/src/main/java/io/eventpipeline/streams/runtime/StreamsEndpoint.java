package io.eventpipeline.streams.runtime;

import io.eventpipeline.streams.runtime.InputLag.Input;
import io.eventpipeline.streams.runtime.RestoreProgress.Following;
import io.eventpipeline.streams.runtime.RestoreProgress.Restoring;
import io.eventpipeline.streams.runtime.StoreSizes.StoreSize;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code GET /actuator/streams}: what this instance does, thread by thread and task by task. */
@Endpoint(id = "streams")
final class StreamsEndpoint {

    private final StreamsClient client;
    private final StreamsSupervisor supervisor;
    private final RestoreProgress restores;
    private final InputLag lag;

    StreamsEndpoint(
            StreamsClient client,
            StreamsSupervisor supervisor,
            RestoreProgress restores,
            InputLag lag) {
        this.client = client;
        this.supervisor = supervisor;
        this.restores = restores;
        this.lag = lag;
    }

    /**
     * The answer.
     *
     * @param state of the client; absent while there is none
     * @param reason why it does not run; absent while it does
     * @param paused whether an operator paused it
     * @param threads the client's threads
     * @param restoring partitions of stores that are being restored
     * @param standbys partitions of stores of which this instance has a second copy
     * @param inputs the partitions that this instance's tasks read
     * @param stores what the stores hold
     */
    record Description(
            @Nullable String state,
            @Nullable String reason,
            boolean paused,
            List<ThreadDescription> threads,
            List<Restoring> restoring,
            List<Following> standbys,
            List<Input> inputs,
            List<StoreSize> stores) {}

    /** One thread and its tasks. */
    record ThreadDescription(
            String name,
            String state,
            List<TaskDescription> activeTasks,
            List<TaskDescription> standbyTasks) {}

    /**
     * One task.
     *
     * @param id sub-topology and partition
     * @param committed the offset up to which each partition is processed; -1 if nothing was
     *     processed since the task came here
     */
    record TaskDescription(String id, Map<String, Long> committed) {}

    /** Describes the client as it is now. */
    @ReadOperation
    Description describe() {
        StreamsStatus status = supervisor.status();
        Optional<KafkaStreams> running =
                client.current().filter(any -> any.state().isRunningOrRebalancing());
        Set<ThreadMetadata> threads =
                running.map(KafkaStreams::metadataForLocalThreads).orElseGet(Set::of);
        return new Description(
                status.state() == null ? null : status.state().name(),
                status.reason(),
                client.isPaused(),
                threads(threads),
                restores.restoring(),
                restores.following(),
                lag.of(inputs(threads)),
                running.map(StoreSizes::of).orElseGet(List::of));
    }

    private static Set<TopicPartition> inputs(Set<ThreadMetadata> threads) {
        return threads.stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .collect(Collectors.toSet());
    }

    private static List<ThreadDescription> threads(Set<ThreadMetadata> threads) {
        return threads.stream()
                .sorted(Comparator.comparing(ThreadMetadata::threadName))
                .map(StreamsEndpoint::describe)
                .toList();
    }

    private static ThreadDescription describe(ThreadMetadata thread) {
        return new ThreadDescription(
                thread.threadName(),
                thread.threadState(),
                describe(thread.activeTasks()),
                describe(thread.standbyTasks()));
    }

    private static List<TaskDescription> describe(Set<TaskMetadata> tasks) {
        return tasks.stream()
                .sorted(Comparator.comparing(TaskMetadata::taskId))
                .map(task ->
                        new TaskDescription(
                                task.taskId().toString(), byName(task.committedOffsets())))
                .toList();
    }

    private static Map<String, Long> byName(Map<TopicPartition, Long> offsets) {
        Map<String, Long> named = new TreeMap<>();
        offsets.forEach((partition, offset) -> named.put(partition.toString(), offset));
        return named;
    }
}
