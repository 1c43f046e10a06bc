/**
 * Transforms for any connector: they write and read the headers of CloudEvents, and mask fields;
 * and a predicate that knows the type of an event.
 *
 * <p>They depend on Kafka Connect's API alone, which every worker has.
 */
@NullMarked
package io.eventpipeline.connect.transforms;

import org.jspecify.annotations.NullMarked;
