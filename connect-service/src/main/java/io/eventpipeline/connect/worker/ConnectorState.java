package io.eventpipeline.connect.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connector and its tasks as the group's status topic shows them.
 *
 * @param name the connector
 * @param type {@code source} or {@code sink}
 * @param revision changes when somebody configures the connector or asks this worker to restart
 *     something of it
 * @param instance the connector itself, which makes the tasks' settings
 * @param tasks what does the work
 */
public record ConnectorState(
        String name, String type, String revision, Instance instance, List<Task> tasks) {

    private static final String FAILED = "FAILED";

    /**
     * A connector or a task on a worker.
     *
     * @param state Kafka Connect's name of the state, such as {@code RUNNING}
     * @param workerId the worker that runs it
     * @param cause first line of the trace that it failed with
     */
    public record Instance(String state, String workerId, @Nullable String cause) {

        /** Whether it ended by an error and stays so until it is restarted. */
        public boolean isFailed() {
            return FAILED.equals(state);
        }
    }

    /**
     * A task.
     *
     * @param id its number within the connector, from 0
     * @param instance where it runs, and how
     */
    public record Task(int id, Instance instance) {}

    /** Whether the connector or one of its tasks has failed. */
    public boolean isFailed() {
        return instance.isFailed() || tasks.stream().anyMatch(task -> task.instance().isFailed());
    }
}
