/**
 * Events in over HTTP: reads bodies within their limits, finds all that is wrong with them, and
 * turns what became of the events into an answer. Each endpoint is a line in a controller and an
 * {@code EventDoor}. Depends on {@code delivery}, Spring MVC, shared-model and service-starter.
 */
@NullMarked
package io.eventpipeline.producer.intake;

import org.jspecify.annotations.NullMarked;
