package io.eventpipeline.producer.records;

import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.producer.topics.AvailableTopic;
import io.eventpipeline.starter.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for beside its records.
 *
 * @param profile the delivery profile with the acks that were asked for; null is the topic's own
 * @param partitioner null if none was asked for
 */
public record RecordOptions(
        @Nullable DeliveryProfile profile, RecordPartitioner.@Nullable Kind partitioner) {

    /**
     * Reads the query parameters.
     *
     * @throws org.springframework.web.ErrorResponseException 400 if one has a value that it cannot
     *     have
     */
    public static RecordOptions of(@Nullable String acks, @Nullable String partitioner) {
        return new RecordOptions(profile(acks), kind(partitioner));
    }

    private static @Nullable DeliveryProfile profile(@Nullable String acks) {
        return switch (acks) {
            case null -> null;
            case "all", "-1" -> DeliveryProfile.CRITICAL;
            case "1" -> DeliveryProfile.STANDARD;
            case "0" -> DeliveryProfile.LOSSY;
            default ->
                    throw ProblemType.INVALID_PARAMETER.exception(
                            "Parameter 'acks' must be 0, 1 or all");
        };
    }

    private static RecordPartitioner.@Nullable Kind kind(@Nullable String partitioner) {
        return switch (partitioner) {
            case null -> null;
            case "sticky" -> RecordPartitioner.Kind.STICKY;
            case "round-robin" -> RecordPartitioner.Kind.ROUND_ROBIN;
            case "pinned" -> RecordPartitioner.Kind.PINNED;
            default ->
                    throw ProblemType.INVALID_PARAMETER.exception(
                            "Parameter 'partitioner' must be sticky, round-robin or pinned");
        };
    }

    /**
     * Refuses what a topic of events does not leave to its senders.
     *
     * @throws org.springframework.web.ErrorResponseException 400 with the parameter
     */
    void requireAllowedFor(AvailableTopic topic) {
        if (topic.definition().type().isEmpty()) {
            return;
        }
        if (partitioner != null) {
            throw ProblemType.INVALID_PARAMETER.exception(
                    "Parameter 'partitioner' is not taken for topic "
                            + topic.name()
                            + ": the key of its events decides");
        }
        if (profile != null && profile.compareTo(topic.definition().profile()) > 0) {
            throw ProblemType.INVALID_PARAMETER.exception(
                    "Parameter 'acks' is weaker than topic " + topic.name() + " demands");
        }
    }

    DeliveryProfile profileFor(AvailableTopic topic) {
        return profile == null ? topic.definition().profile() : profile;
    }

    RecordPartitioner.Kind partitionerOrDefault() {
        return partitioner == null ? RecordPartitioner.Kind.STICKY : partitioner;
    }
}
