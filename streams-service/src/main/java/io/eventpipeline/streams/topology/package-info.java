/**
 * What a piece of the topology is: one business question, one class. Depends on Kafka Streams and
 * the topic catalogue only, so that pieces and the runtime know this and not each other.
 */
@NullMarked
package io.eventpipeline.streams.topology;

import org.jspecify.annotations.NullMarked;
