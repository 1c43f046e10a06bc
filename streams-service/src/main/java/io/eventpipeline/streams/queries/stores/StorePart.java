package io.eventpipeline.streams.queries.stores;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventpipeline.streams.queries.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one partition, as one instance tells another.
 *
 * @param partition which one
 * @param role what the instance is to it
 * @param stalenessMillis all that Kafka had stored so long ago is in it; null if that is not known
 * @param complete whether all is in it that was there when it was asked for
 * @param entries behind the cursor, in the order of the partition
 * @param done whether there are no more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StorePart(
        int partition,
        Origin.Role role,
        @Nullable Long stalenessMillis,
        boolean complete,
        List<StoreEntry> entries,
        boolean done) {

    /** Whether this is the one to take of two that tell of the same partition. */
    boolean isBetterThan(StorePart other) {
        if (role != other.role()) {
            return role == Origin.Role.ACTIVE;
        }
        return stalenessMillis != null
                && (other.stalenessMillis() == null || stalenessMillis < other.stalenessMillis());
    }

    /**
     * What one instance has.
     *
     * @param instance {@code host:port}
     * @param parts of the partitions that it has
     * @param failures why it cannot tell of others that it has
     */
    record Answer(String instance, List<StorePart> parts, List<String> failures) {}
}
