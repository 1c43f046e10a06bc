package io.eventpipeline.consumer.deadletters.triage;

import java.time.Instant;
import java.util.List;

/**
 * Letters that failed alike.
 *
 * @param id the same on every instance, for selecting the group
 * @param topic the topic of the records
 * @param component who could not process them
 * @param cause the reason, else the class of the exception
 * @param message in words
 * @param count how many
 * @param firstSeen the timestamp of the earliest record
 * @param lastSeen the timestamp of the latest record
 * @param attempts how often the most stubborn of them was sent back
 * @param samples the latest of them
 */
record LetterGroup(
        String id,
        String topic,
        String component,
        String cause,
        String message,
        long count,
        Instant firstSeen,
        Instant lastSeen,
        int attempts,
        List<LetterSample> samples) {

    LetterGroup with(List<LetterSample> found) {
        return new LetterGroup(
                id, topic, component, cause, message, count, firstSeen, lastSeen, attempts, found);
    }
}
