/**
 * Sends numbered records through the records door of a producer-service and keeps count of its
 * answers: with retries and one receipt each, or as fast as it goes. Speaks HTTP through a small
 * client of its own, because the JDK's reads an answer only after the whole request was sent, and a
 * receipt has to be read while the stream goes on. Depends on nothing of Kafka.
 */
@NullMarked
package io.eventpipeline.standalone.sending;

import org.jspecify.annotations.NullMarked;
