/**
 * What is done about dead letters: sent back to where they came from, as they were or edited, or
 * discarded with a reason. Each decision is kept with the letter in the index. Depends on {@code
 * triage}.
 */
@NullMarked
package io.eventpipeline.consumer.deadletters.redrive;

import org.jspecify.annotations.NullMarked;
