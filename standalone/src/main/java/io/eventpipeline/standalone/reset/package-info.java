/**
 * Resets a Kafka Streams application: what {@code kafka-streams-application-reset} does, behind
 * guards. By the Admin API, because Kafka's tool is no library, looks only once whether members are
 * active, and takes every topic that begins like the application for its own.
 */
@NullMarked
package io.eventpipeline.standalone.reset;

import org.jspecify.annotations.NullMarked;
