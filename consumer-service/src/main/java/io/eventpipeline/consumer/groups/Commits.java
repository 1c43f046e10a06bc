package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.CommitMode;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a group keeps where it stands. Its tables are right with every mode, because events have
 * unique ids; what differs is how much is read again after a crash.
 *
 * @param mode {@code transactional}: in PostgreSQL, with the rows; in Kafka {@code sync-batch}:
 *     after each batch, {@code sync-record}: after each record, {@code async}: without waiting,
 *     {@code auto}: by the client itself at an interval. In Kafka nobody refuses a member that has
 *     lost its partition, and a seek over REST is not possible
 * @param interval how often the client commits by itself, and so how much is read again; only with
 *     {@code auto}
 */
public record Commits(
        @DefaultValue("transactional") @NotNull CommitMode mode,
        @DefaultValue("5s") @NotNull @DurationMin(millis = 1) Duration interval) {

    /** The settings of the consumers. */
    Map<String, String> settings() {
        if (mode.storesOffsets()) {
            return Map.of();
        }
        // The member seeks to the beginning itself; without this the client would fail before.
        Map<String, String> inKafka = Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return mode != CommitMode.AUTO
                ? inKafka
                : Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "true",
                        ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG,
                        Long.toString(interval.toMillis()));
    }
}
