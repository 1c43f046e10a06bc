package io.eventpipeline.streams.runtime;

import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;

/**
 * What the Kafka Streams client does, in words.
 *
 * @param state of the client; absent while there is none
 * @param reason why nothing is processed, or queries cannot be answered, now; absent while all is
 *     well
 */
record StreamsStatus(@Nullable State state, @Nullable String reason) {

    boolean isRunning() {
        return state == State.RUNNING;
    }

    static @Nullable String explain(State state, String otherwise) {
        return switch (state) {
            case RUNNING -> null;
            case CREATED -> "Kafka Streams is starting";
            case REBALANCING -> "Partitions are being assigned, or state is being restored";
            case PENDING_SHUTDOWN, NOT_RUNNING -> "Kafka Streams is stopping";
            case PENDING_ERROR, ERROR -> otherwise;
        };
    }
}
