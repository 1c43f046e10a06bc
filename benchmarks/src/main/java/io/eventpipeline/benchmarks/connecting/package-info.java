/**
 * Connect workers that carry the lines of a file through a topic into a table: connect-service and
 * Kafka's own {@code ConnectDistributed}.
 */
@NullMarked
package io.eventpipeline.benchmarks.connecting;

import org.jspecify.annotations.NullMarked;
