package io.eventpipeline.consumer.delivery;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a group waits for what is away.
 *
 * @param initialPause pause before the first new attempt after a failure; too short a pause only
 *     costs attempts
 * @param maxPause longest pause between two attempts, each twice as long as the one before; the
 *     time that a group may sleep on after PostgreSQL came back
 * @param alarmRecheck how often a stopped partition is looked at again, in case an operator mended
 *     its stored offset
 * @param topicCheck how often the ids of the topics are compared with the stored ones; the time
 *     that a topic which was deleted and made again may go unnoticed
 * @param offsetCheck how often a member compares its stored offsets with what it knows; the time
 *     after which an idle member follows an operator's seek on another instance
 * @param kafkaCommitTimeout how long a commit to Kafka may block; it only serves monitors
 */
@Validated
@ConfigurationProperties("pipeline.consumer.retry")
public record RetryProperties(
        @DefaultValue("200ms") @NotNull @DurationMin(millis = 1) Duration initialPause,
        @DefaultValue("3s") @NotNull @DurationMin(millis = 1) Duration maxPause,
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) Duration alarmRecheck,
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) Duration topicCheck,
        @DefaultValue("1s") @NotNull @DurationMin(millis = 100) Duration offsetCheck,
        @DefaultValue("3s") @NotNull @DurationMin(millis = 100) Duration kafkaCommitTimeout) {

    /**
     * Checks the fields against each other.
     *
     * @throws IllegalArgumentException if the first pause is longer than the longest
     */
    public RetryProperties {
        if (initialPause.compareTo(maxPause) > 0) {
            throw new IllegalArgumentException(
                    "pipeline.consumer.retry.initial-pause must not be longer than max-pause");
        }
    }

    /** The pause after some failures in a row. */
    Duration pauseAfter(int failures) {
        Duration pause = initialPause;
        for (int i = 1; i < failures && pause.compareTo(maxPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(maxPause) < 0 ? pause : maxPause;
    }
}
