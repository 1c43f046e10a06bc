/**
 * The service as a whole: over real HTTP, on a real broker that is stopped, killed and frozen.
 * {@code Service} starts it as the main method does; {@code Topics} reads what it stored.
 */
@NullMarked
package io.eventpipeline.producer;

import org.jspecify.annotations.NullMarked;
