/**
 * Work on the records of a partition in order for each key, on many keys at once. Depends on
 * Kafka's client alone.
 */
@NullMarked
package io.eventpipeline.consumer.parallel;

import org.jspecify.annotations.NullMarked;
