package io.eventpipeline.consumer.archive;

import io.eventpipeline.consumer.listening.Membership;
import io.eventpipeline.consumer.listening.OrderedRetries;
import io.eventpipeline.model.topic.PipelineTopic;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The group {@code archive}.
 *
 * @param enabled whether this instance archives
 * @param folder where the files are; one folder for all instances of the group, on a file system
 *     with hard links, because its file names say where the group resumes
 * @param topics which topics, by their names in the catalogue, such as {@code order-placed}; none
 *     means all topics of events
 * @param maxSize a file of this size, compressed, is closed
 * @param maxAge a file is closed this long after its first record; until then its records are
 *     neither counted nor visible, and read again after a crash, so it must be well below the
 *     shortest retention of the topics
 * @param minFree the group pauses when the file system has less space than this; a full one would
 *     cost the files that are being written
 * @param concurrency how many consumers this instance runs
 * @param maxPollRecords how many records a consumer takes at a time
 * @param membership how its consumers are members of the group
 * @param retries what is done about a failure that may pass
 */
@Validated
@ConfigurationProperties("pipeline.consumer.archive")
public record ArchiveProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("data/archive") @NotNull Path folder,
        @DefaultValue @NotNull Set<PipelineTopic> topics,
        @DefaultValue("64MB") @NotNull DataSize maxSize,
        @DefaultValue("5m") @NotNull @DurationMin(millis = 100) Duration maxAge,
        @DefaultValue("64MB") @NotNull DataSize minFree,
        @DefaultValue("1") @Min(1) @Max(64) int concurrency,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxPollRecords,
        @DefaultValue @NotNull @Valid @NestedConfigurationProperty Membership membership,
        @DefaultValue @NotNull @Valid @NestedConfigurationProperty OrderedRetries retries) {

    private static final DataSize SMALLEST = DataSize.ofKilobytes(1);

    /**
     * Checks what annotations cannot say.
     *
     * @throws IllegalArgumentException with the property, if a size is senseless, the folder has no
     *     name, or a topic is one that a service keeps for itself
     */
    public ArchiveProperties {
        if (maxSize.compareTo(SMALLEST) < 0) {
            throw new IllegalArgumentException(
                    "pipeline.consumer.archive.max-size must be at least 1KB, not " + maxSize);
        }
        if (minFree.isNegative()) {
            throw new IllegalArgumentException(
                    "pipeline.consumer.archive.min-free must not be negative");
        }
        if (folder.toString().isBlank()) {
            throw new IllegalArgumentException("pipeline.consumer.archive.folder must be named");
        }
        topics.stream()
                .filter(topic -> !ArchiveTopics.hasEvents(topic))
                .findFirst()
                .ifPresent(topic -> {
                    throw new IllegalArgumentException(
                            "pipeline.consumer.archive.topics must not have "
                                    + topic
                                    + ", which a service keeps for itself");
                });
        retries.requireOrder("pipeline.consumer.archive");
        topics = Set.copyOf(topics);
    }
}
