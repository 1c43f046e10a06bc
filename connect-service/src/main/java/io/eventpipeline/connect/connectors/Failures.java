package io.eventpipeline.connect.connectors;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a connector or task since it last ran well.
 *
 * @param restarts how often it was restarted
 * @param firstCause what it failed with first; often tells more than what followed from it
 * @param lastCause what it failed with last
 * @param since when it failed first
 * @param nextRestart when it is restarted; absent while it runs, and where that is given up
 * @param isGivenUp whether it stays failed until somebody acts
 */
public record Failures(
        int restarts,
        @Nullable String firstCause,
        @Nullable String lastCause,
        Instant since,
        @Nullable Instant nextRestart,
        boolean isGivenUp) {}
