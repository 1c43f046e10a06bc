package io.eventpipeline.producer.delivery;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;

/** Admissions for tests of other packages. */
public final class Admissions {

    private Admissions() {}

    /** Lets in what is not larger than that. */
    public static Admission upTo(int maxRecordBytes) {
        return new Admission(
                Optional::empty, new TopicInFlightLimit(1_000, 1_000_000), maxRecordBytes);
    }

    /** Says that Kafka is away. */
    public static Admission away() {
        return new Admission(
                () -> Optional.of("No broker answered"), new TopicInFlightLimit(1, 1), 1);
    }

    /** Counts into nowhere. */
    public static DeliveryMetrics metrics() {
        return new DeliveryMetrics(new SimpleMeterRegistry());
    }
}
