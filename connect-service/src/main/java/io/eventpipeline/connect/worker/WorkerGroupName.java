package io.eventpipeline.connect.worker;

/**
 * The group that the workers of an environment form.
 *
 * @param value its id
 */
public record WorkerGroupName(String value) {

    /** The group of an environment; those of the sinks are called {@code connect-<connector>}. */
    static WorkerGroupName of(String environment) {
        return new WorkerGroupName("event-pipeline-connect-" + environment);
    }
}
