package io.eventpipeline.consumer.deadletters.redrive;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the letters of a request.
 *
 * @param dryRun whether nothing was done
 * @param matched how many open letters were meant
 * @param done how many were sent or discarded, or would be
 * @param refused how many were not
 * @param remaining how many were not looked at, because of the limit or of time: ask again
 * @param stopped why it ended early
 * @param letters each that was looked at, in the order of the records; when many are discarded,
 *     only those about which there is something to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DecisionAnswer(
        boolean dryRun,
        long matched,
        int done,
        int refused,
        long remaining,
        @Nullable String stopped,
        List<DecidedLetter> letters) {}
