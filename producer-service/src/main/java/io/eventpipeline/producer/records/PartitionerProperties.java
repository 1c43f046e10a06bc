package io.eventpipeline.producer.records;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the partitioner {@code pinned} does.
 *
 * @param pinned keys that always go to the same partition, however many partitions the topic gets;
 *     all other keys are spread by their hash
 */
@Validated
@ConfigurationProperties("pipeline.producer.partitioner")
public record PartitionerProperties(@DefaultValue List<@Valid Pin> pinned) {

    /**
     * A key and its partition.
     *
     * @param topic the topic's full name
     * @param key the record key as text
     * @param partition where its records go
     */
    public record Pin(@NotBlank String topic, @NotBlank String key, @Min(0) int partition) {}

    /**
     * Checks that no key has two partitions.
     *
     * @throws IllegalArgumentException with the key if one has
     */
    public PartitionerProperties {
        pinned = List.copyOf(pinned);
        pinned.stream()
                .collect(Collectors.groupingBy(pin -> List.of(pin.topic(), pin.key())))
                .forEach((which, pins) -> {
                    if (pins.size() > 1) {
                        throw new IllegalArgumentException(
                                "pipeline.producer.partitioner.pinned has key "
                                        + which.getLast()
                                        + " of topic "
                                        + which.getFirst()
                                        + " twice");
                    }
                });
    }
}
