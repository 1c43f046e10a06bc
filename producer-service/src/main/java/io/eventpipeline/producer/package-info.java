/**
 * producer-service: takes events over HTTP, checks them, and answers once Kafka has stored them. It
 * depends on shared-model and service-starter, and on no other service. {@code intake} is the HTTP
 * side, {@code delivery} the Kafka side; intake knows delivery, never the other way round.
 */
@NullMarked
package io.eventpipeline.producer;

import org.jspecify.annotations.NullMarked;
