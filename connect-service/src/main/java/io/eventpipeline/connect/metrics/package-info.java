/**
 * Kafka Connect's own metrics of this worker's connectors and tasks, given to Micrometer. It may
 * depend on {@code worker} only.
 */
@NullMarked
package io.eventpipeline.connect.metrics;

import org.jspecify.annotations.NullMarked;
