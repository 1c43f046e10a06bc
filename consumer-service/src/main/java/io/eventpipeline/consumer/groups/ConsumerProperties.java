package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.WriteMode;
import io.eventpipeline.consumer.listening.Membership;
import io.eventpipeline.consumer.listening.OrderedRetries;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The groups of this instance.
 *
 * @param instanceId how this instance is called in client ids, in the owner column of stored
 *     offsets and in the lag endpoint; should differ between instances
 * @param shipments the group that stores orders, payments and shipments
 * @param measurements the group that stores server measurements
 */
@Validated
@ConfigurationProperties("pipeline.consumer")
public record ConsumerProperties(
        @NotBlank @Pattern(regexp = "[a-zA-Z0-9._-]+") String instanceId,
        @DefaultValue @NotNull @Valid Shipments shipments,
        @DefaultValue @NotNull @Valid Measurements measurements) {

    /** How the consumers of a group are its members. */
    Membership membership(String group) {
        return switch (ListenerGroup.withId(group)) {
            case SHIPMENTS -> shipments.membership();
            case MEASUREMENTS -> measurements.membership();
            case ARCHIVE -> throw hasItsOwn(group);
        };
    }

    /** How a group keeps where it stands. */
    Commits commits(String group) {
        return switch (ListenerGroup.withId(group)) {
            case SHIPMENTS -> shipments.commits();
            case MEASUREMENTS -> measurements.commits();
            case ARCHIVE -> throw hasItsOwn(group);
        };
    }

    /** How a group's rows get into their tables. */
    WriteMode writes(String group) {
        return switch (ListenerGroup.withId(group)) {
            case SHIPMENTS -> shipments.writes();
            case MEASUREMENTS -> measurements.writes();
            case ARCHIVE -> throw hasItsOwn(group);
        };
    }

    private static IllegalArgumentException hasItsOwn(String group) {
        return new IllegalArgumentException("Group " + group + " has settings of its own");
    }

    /**
     * The group {@code shipments}.
     *
     * @param concurrency how many consumers this instance runs; more than the 18 partitions of its
     *     topics leaves some without work
     * @param maxPollRecords how many records a transaction writes at most; a smaller batch costs
     *     round trips, a larger one is more to repeat after a failure
     * @param membership how its consumers are members of the group
     * @param commits how the group keeps where it stands
     * @param writes how its rows get into their tables: {@code copy}: by COPY, and as with the
     *     other way where a row of the batch is there already, and for some batches after that;
     *     {@code upsert}: by an insert that leaves out what is there already
     * @param retries what is done about a failure that may pass
     */
    public record Shipments(
            @DefaultValue("2") @Min(1) @Max(64) int concurrency,
            @DefaultValue("2000") @Min(1) @Max(100_000) int maxPollRecords,
            @DefaultValue @NotNull @Valid @NestedConfigurationProperty Membership membership,
            @DefaultValue @NotNull @Valid @NestedConfigurationProperty Commits commits,
            @DefaultValue("copy") @NotNull WriteMode writes,
            @DefaultValue @NotNull @Valid @NestedConfigurationProperty OrderedRetries retries) {

        /** Refuses what would give up the order of a key. */
        public Shipments {
            retries.requireOrder("pipeline.consumer.shipments");
        }
    }

    /**
     * The group {@code measurements}.
     *
     * @param concurrency how many consumers this instance runs; more than its 3 partitions leaves
     *     some without work
     * @param maxPollRecords how many records a transaction writes at most
     * @param membership how its consumers are members of the group
     * @param commits how the group keeps where it stands
     * @param writes how its rows get into their tables: {@code copy}: by COPY, and as with the
     *     other way where a row of the batch is there already, and for some batches after that;
     *     {@code upsert}: by an insert that leaves out what is there already
     * @param retries what is done about a failure that may pass
     */
    public record Measurements(
            @DefaultValue("1") @Min(1) @Max(64) int concurrency,
            @DefaultValue("1000") @Min(1) @Max(100_000) int maxPollRecords,
            @DefaultValue @NotNull @Valid @NestedConfigurationProperty Membership membership,
            @DefaultValue @NotNull @Valid @NestedConfigurationProperty Commits commits,
            @DefaultValue("copy") @NotNull WriteMode writes,
            @DefaultValue @NotNull @Valid @NestedConfigurationProperty OrderedRetries retries) {

        /** Refuses what would give up the order of a key. */
        public Measurements {
            retries.requireOrder("pipeline.consumer.measurements");
        }
    }
}
