package io.eventpipeline.consumer.deadletters.redrive;

import io.eventpipeline.consumer.deadletters.triage.LetterFilter;
import io.eventpipeline.consumer.deadletters.triage.LetterPosition;
import java.util.List;

/**
 * Which letters a request is about: those at some positions, or else the open ones of some groups.
 *
 * @param filter the groups
 * @param positions the letters; empty if the filter decides
 */
record LetterSelection(LetterFilter filter, List<LetterPosition> positions) {

    boolean isByPosition() {
        return !positions.isEmpty();
    }
}
