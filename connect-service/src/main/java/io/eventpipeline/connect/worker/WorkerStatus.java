package io.eventpipeline.connect.worker;

/**
 * What the worker does, and why.
 *
 * @param state what it does
 * @param reason one sentence for a person
 */
public record WorkerStatus(State state, String reason) {

    /** The stages of a worker's life, in their order. */
    public enum State {
        /** The service is starting, or no broker answers. */
        WAITING_FOR_BROKERS,
        /** The brokers answer; the worker reads its topics and joins its group. */
        STARTING,
        /** The worker takes requests and runs its share of the tasks. */
        RUNNING,
        /** The worker ended or could not start, and is about to be started again. */
        FAILED,
        /** The service is being stopped. */
        STOPPED
    }

    /** Whether the worker takes requests. */
    public boolean isRunning() {
        return state == State.RUNNING;
    }
}
