/**
 * Steers the listeners of this instance over REST: pause, resume, stop, start, how many consumers,
 * and from where a group reads on. Works on whatever listeners are registered. Depends on {@code
 * groups} for their states, on {@code delivery} for stored offsets, and on {@code partitions}.
 */
@NullMarked
package io.eventpipeline.consumer.steering;

import org.jspecify.annotations.NullMarked;
