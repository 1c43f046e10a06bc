package io.eventpipeline.producer.streaming;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What streams of records may take.
 *
 * @param maxLineSize a longer line is refused with 413 in its place, and the stream goes on
 * @param window so much of one stream waits for Kafka; a sender that is faster waits
 * @param maxStreams with so many streams at once the next is refused with 503
 */
@Validated
@ConfigurationProperties("pipeline.producer.streaming")
public record StreamingProperties(
        @DefaultValue("1MB") DataSize maxLineSize,
        @DefaultValue("2MB") DataSize window,
        @DefaultValue("32") @Min(1) @Max(10_000) int maxStreams) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(64);

    /**
     * Checks what depends on each other.
     *
     * @throws IllegalArgumentException if a line or the window has no sensible size
     */
    public StreamingProperties {
        if (maxLineSize.toBytes() < 1 || maxLineSize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "pipeline.producer.streaming.max-line-size must be between 1 B and "
                            + LARGEST.toMegabytes()
                            + " MB");
        }
        if (window.compareTo(maxLineSize) < 0 || window.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "pipeline.producer.streaming.window must be at least max-line-size and at most "
                            + LARGEST.toMegabytes()
                            + " MB");
        }
    }
}
