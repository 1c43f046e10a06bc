/**
 * Streams of records: one a line in, one receipt a line out, in order, as they are stored. Memory
 * is bounded by a window of what is in flight: a sender that is faster than Kafka is slowed down by
 * its own connection. Depends on {@code records}, {@code topics}, {@code intake} and {@code
 * delivery}.
 */
@NullMarked
package io.eventpipeline.producer.streaming;

import org.jspecify.annotations.NullMarked;
