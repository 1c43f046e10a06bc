package io.eventpipeline.connect.connectors;

import org.jspecify.annotations.Nullable;

/**
 * A connector, or one of its tasks.
 *
 * @param connector the connector's name
 * @param task the task's number; absent for the connector itself
 */
public record Member(String connector, @Nullable Integer task) {

    @Override
    public String toString() {
        return task == null
                ? "the connector " + connector
                : "the task %d of %s".formatted(task, connector);
    }
}
