/**
 * From a record's bytes to an event, or to the reason why it is none. Also the one place that
 * decides what a failure means: try again, dead letter, stop. Depends on shared-model only.
 */
@NullMarked
package io.eventpipeline.consumer.intake;

import org.jspecify.annotations.NullMarked;
