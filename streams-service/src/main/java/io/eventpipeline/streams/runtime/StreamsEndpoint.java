package io.eventpipeline.streams.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    StreamsEndpoint(StreamsClient client, StreamsSupervisor supervisor) {
        this.client = client;
        this.supervisor = supervisor;
    }

    /**
     * The answer.
     *
     * @param state of the client; absent while there is none
     * @param reason why it does not run; absent while it does
     * @param threads the client's threads
     */
    record Description(
            @Nullable String state, @Nullable String reason, List<ThreadDescription> threads) {}

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
        return new Description(
                status.state() == null ? null : status.state().name(),
                status.reason(),
                client.current()
                        .filter(running -> running.state().isRunningOrRebalancing())
                        .map(StreamsEndpoint::threads)
                        .orElseGet(List::of));
    }

    private static List<ThreadDescription> threads(KafkaStreams running) {
        return running.metadataForLocalThreads().stream()
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
