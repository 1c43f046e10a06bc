package io.eventpipeline.consumer.deadletters.redrive;

/**
 * What is to be done about some letters.
 *
 * @param selection which
 * @param edit what is changed before they are sent back
 * @param reason why they are discarded; empty when they are sent back
 * @param dryRun only to say what would be done
 * @param limit how many letters at most
 */
record DecisionRequest(
        LetterSelection selection, LetterEdit edit, String reason, boolean dryRun, int limit) {}
