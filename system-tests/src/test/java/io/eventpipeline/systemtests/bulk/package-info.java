/**
 * Orders in bulk, straight into their topic, while every few seconds something breaks: the load,
 * the faults, and what topic, table, logs of changes and archive say afterwards, in arrays and sums
 * instead of objects, so that a million fits. Depends on the packages beside it; nothing but the
 * tests depends on it.
 */
@NullMarked
package io.eventpipeline.systemtests.bulk;

import org.jspecify.annotations.NullMarked;
