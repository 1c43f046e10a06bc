package io.eventpipeline.consumer.delivery;

import java.util.UUID;
import org.apache.kafka.common.Uuid;

/** Kafka's topic ids in PostgreSQL's type, and back; both have the same 128 bits. */
public final class TopicIds {

    private TopicIds() {}

    /** As a column value. */
    public static UUID toSql(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** As Kafka has it. */
    public static Uuid fromSql(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
