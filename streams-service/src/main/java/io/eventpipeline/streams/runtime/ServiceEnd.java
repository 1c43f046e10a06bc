package io.eventpipeline.streams.runtime;

/** Ends the service because it must not go on. */
@FunctionalInterface
interface ServiceEnd {

    /**
     * Says why and ends the service; returns at once.
     *
     * @param reason for the log and for whoever started it
     */
    void end(String reason);
}
