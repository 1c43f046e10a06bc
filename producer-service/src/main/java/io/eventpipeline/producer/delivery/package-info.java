/**
 * Events into Kafka, each with an honest result: stored where, or why not and whether it may be
 * stored all the same. One producer for each delivery profile; one classifier decides what a
 * failure means. Knows nothing of HTTP but the problem types; depends on Kafka's producer,
 * spring-kafka's producer factory, shared-model and service-starter.
 */
@NullMarked
package io.eventpipeline.producer.delivery;

import org.jspecify.annotations.NullMarked;
