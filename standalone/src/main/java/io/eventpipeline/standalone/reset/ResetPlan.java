package io.eventpipeline.standalone.reset;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reset would do.
 *
 * @param applicationId the application, which is its group
 * @param members who is active in the group; a reset is refused while anybody is
 * @param inputs the input topics, which will be read from their beginning again
 * @param internalTopics the application's changelogs and repartition topics, which will be deleted
 * @param state its folder of state on this machine, which will be deleted; absent if there is none
 * @param group whether there is a group to be deleted
 */
public record ResetPlan(
        String applicationId,
        List<String> members,
        List<String> inputs,
        List<String> internalTopics,
        @Nullable Path state,
        boolean group) {

    /** Whether nothing is left to be done. */
    public boolean isEmpty() {
        return !group && internalTopics.isEmpty() && state == null;
    }
}
