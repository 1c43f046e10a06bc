/**
 * Runs the topology: settings of the Kafka Streams client, its start after the topics are there,
 * its restart after a failure, its memory, its health and its actuator endpoint. Knows the topology
 * as one {@link io.eventpipeline.streams.topology.TopologyPiece} only; may depend on {@code
 * failure}.
 */
@NullMarked
package io.eventpipeline.streams.runtime;

import org.jspecify.annotations.NullMarked;
