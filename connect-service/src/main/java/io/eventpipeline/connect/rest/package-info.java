/**
 * A client of Kafka Connect's REST API, which forwards to the leader of the workers where that is
 * needed. It may depend on {@code worker} only.
 */
@NullMarked
package io.eventpipeline.connect.rest;

import org.jspecify.annotations.NullMarked;
