/**
 * producer-service: takes events over HTTP, checks them, and answers once Kafka has stored them. It
 * depends on shared-model and service-starter, and on no other service. {@code delivery} is the
 * Kafka side; {@code intake} is what all doors share of HTTP, {@code retries} lets requests be
 * repeated, {@code topics} knows where can be sent to. Each door has a package of its own and knows
 * these four, never the other way round.
 */
@NullMarked
package io.eventpipeline.producer;

import org.jspecify.annotations.NullMarked;
