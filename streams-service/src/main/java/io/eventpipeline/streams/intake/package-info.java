/**
 * The door of every topology: turns records of topics into events that can be trusted, and refuses
 * the others with a reason. What is refused becomes a dead letter in {@code failure}. Depends on
 * shared-model and Kafka Streams only.
 */
@NullMarked
package io.eventpipeline.streams.intake;

import org.jspecify.annotations.NullMarked;
