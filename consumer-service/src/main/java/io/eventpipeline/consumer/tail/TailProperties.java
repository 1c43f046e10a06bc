package io.eventpipeline.consumer.tail;

import io.eventpipeline.model.topic.PipelineTopic;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The last records of chosen partitions.
 *
 * @param chosen which partitions of which topics; none means no tail
 * @param startBack how many offsets before its end each partition is begun at when the service
 *     starts
 * @param maxRecords how many records are kept at most
 * @param maxSize how much memory their lines may take; a record that is larger is not kept
 */
@Validated
@ConfigurationProperties("pipeline.consumer.tail")
public record TailProperties(
        @DefaultValue @NotNull @Valid List<Chosen> chosen,
        @DefaultValue("100") @Min(0) @Max(100_000) int startBack,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxRecords,
        @DefaultValue("4MB") @NotNull DataSize maxSize) {

    /**
     * Checks what annotations cannot say.
     *
     * @throws IllegalArgumentException if nothing could be kept
     */
    public TailProperties {
        if (maxSize.toBytes() <= 0) {
            throw new IllegalArgumentException(
                    "pipeline.consumer.tail.max-size must be positive, not " + maxSize);
        }
    }

    /**
     * Partitions of one topic.
     *
     * @param topic the topic, by its name in the catalogue, such as {@code order-placed}
     * @param partitions their numbers; none means all that the catalogue declares
     */
    public record Chosen(
            @NotNull PipelineTopic topic, @DefaultValue @NotNull Set<@Min(0) Integer> partitions) {}
}
