package io.eventpipeline.consumer.deadletters.triage;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Dead letters and what is done about them.
 *
 * @param maxAttempts how often a record may be sent back to its topic; a letter that failed once
 *     more after that is refused, so that nothing goes round for ever
 * @param refresh pause between two looks at what retention removed, at new partitions and at the
 *     gauges; the time that an expired letter may still be shown
 */
@Validated
@ConfigurationProperties("pipeline.consumer.dead-letters")
public record DeadLetterProperties(
        @DefaultValue("5") @Min(1) @Max(1000) int maxAttempts,
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) Duration refresh) {}
