/**
 * What became of requests, in a topic that every instance reads from its beginning: who works on a
 * request, and what it was answered. Two requests with one id at one moment are told apart by the
 * order of the topic. Knows nothing of HTTP but the problem types; may depend on {@code delivery},
 * Kafka's consumer, shared-model and service-starter.
 */
@NullMarked
package io.eventpipeline.producer.retries.ledger;

import org.jspecify.annotations.NullMarked;
