package io.eventpipeline.producer.retries.ledger;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long requests are remembered, and how many.
 *
 * @param expiry how long an answer is given again to a repeat, and can be asked for; at most the
 *     retention of the ledger's topic
 * @param lease so long after it began, a request whose instance died may be sent again; longer than
 *     any request takes, or two could be at work at once
 * @param claimTimeout a request whose claim is not read back by then is answered 503, with nothing
 *     written
 * @param maxEntries with more requests in memory the oldest are forgotten before their time; their
 *     repeats are sent again under the same ids
 * @param maxAnswerSize a larger answer is not kept: its repeat is sent again under the same ids
 * @param answersInMemory so much of the newest answers is kept beside the log
 */
@Validated
@ConfigurationProperties("pipeline.producer.retries")
public record LedgerProperties(
        @DefaultValue("24h") @DurationMin(seconds = 1) @DurationMax(hours = 24) Duration expiry,
        @DefaultValue("12s") @DurationMin(seconds = 10) @DurationMax(minutes = 5) Duration lease,
        @DefaultValue("1500ms") @DurationMin(millis = 100) @DurationMax(seconds = 3)
                Duration claimTimeout,
        @DefaultValue("200000") @Min(1) int maxEntries,
        @DefaultValue("512KB") DataSize maxAnswerSize,
        @DefaultValue("8MB") DataSize answersInMemory) {

    private static final DataSize LARGEST_ANSWER = DataSize.ofKilobytes(900);

    /**
     * Checks what a record may hold.
     *
     * @throws IllegalArgumentException if an answer of the largest size might not fit into one
     */
    public LedgerProperties {
        if (maxAnswerSize.compareTo(LARGEST_ANSWER) > 0) {
            throw new IllegalArgumentException(
                    "pipeline.producer.retries.max-answer-size must be at most "
                            + LARGEST_ANSWER.toKilobytes()
                            + " KB, because an answer is one record");
        }
    }
}
