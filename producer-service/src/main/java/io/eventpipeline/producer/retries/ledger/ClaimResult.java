package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.starter.problem.ProblemType;

/** What came of an attempt to work on a request. */
public sealed interface ClaimResult {

    /** The request is the caller's, who has to end it. */
    record Won(Claim claim) implements ClaimResult {}

    /** Somebody else was before. */
    record Lost(Standing to) implements ClaimResult {}

    /** The ledger cannot be written or read now; nothing may be sent. */
    record Failed(ProblemType type, String detail) implements ClaimResult {}
}
