package io.eventpipeline.model.topic;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What a lost or doubled record of a topic would cost, and so how a producer writes it. */
public enum DeliveryProfile {
    /**
     * Nothing may be lost: stored by all in-sync replicas before it counts, in order under retries
     * (KIP-98). One request in flight, although idempotence would allow five: of the first two to a
     * partition whose leader has just been made known, a broker may refuse the first and take the
     * second, and then it refuses the first until it times out (KAFKA-15591, after 4.2).
     */
    CRITICAL,

    /**
     * A leader that dies may take the newest records along; one request in flight keeps the order.
     */
    STANDARD,

    /** Handed to a connected broker and forgotten; the receipt's offset is -1. */
    LOSSY;

    /**
     * The producer settings that make the profile; everything else is the service's choice.
     * Immutable.
     */
    public Map<String, Object> producerConfig() {
        return switch (this) {
            case CRITICAL ->
                    Map.of(
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                            1,
                            ProducerConfig.COMPRESSION_TYPE_CONFIG,
                            "lz4");
            case STANDARD ->
                    Map.of(
                            ProducerConfig.ACKS_CONFIG,
                            "1",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            false,
                            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                            1,
                            ProducerConfig.COMPRESSION_TYPE_CONFIG,
                            "lz4");
            case LOSSY ->
                    Map.of(
                            ProducerConfig.ACKS_CONFIG,
                            "0",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            false,
                            ProducerConfig.RETRIES_CONFIG,
                            0,
                            ProducerConfig.COMPRESSION_TYPE_CONFIG,
                            "lz4");
        };
    }
}
