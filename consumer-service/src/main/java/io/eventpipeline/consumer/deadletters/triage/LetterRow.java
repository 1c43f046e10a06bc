package io.eventpipeline.consumer.deadletters.triage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A letter as the index has it.
 *
 * @param topicId id of the dead-letter topic, as the database has it
 * @param letter where it lies
 * @param source where its record lay
 * @param groupId which group it is in
 * @param bytes how much memory it takes to read
 * @param attempts how often its record was sent back before it failed
 * @param reason why it was discarded
 * @param decidedAt when it was sent back or discarded
 */
public record LetterRow(
        UUID topicId,
        LetterPosition letter,
        LetterPosition source,
        String groupId,
        int bytes,
        int attempts,
        LetterState state,
        @Nullable String reason,
        @Nullable Instant decidedAt) {}
