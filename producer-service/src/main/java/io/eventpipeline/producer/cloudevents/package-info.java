/**
 * The door for CloudEvents 1.0.2 over HTTP: reads the structured, batched and binary mode into
 * events of one form, finds the topic of each, and writes them as the Kafka binding's binary mode
 * says. Answers the handshake of the webhook specification. May use the intake that all doors share
 * and delivery; knows nothing of Kafka but its header types.
 */
@NullMarked
package io.eventpipeline.producer.cloudevents;

import org.jspecify.annotations.NullMarked;
