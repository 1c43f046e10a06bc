/**
 * A Kafka Connect worker in distributed mode inside a Spring Boot application.
 *
 * <p>The worker's REST API is Kafka's own, unchanged, on a port of its own; the actuator tells what
 * the worker and its connectors do. Connectors are never on this class path: they come from the
 * plugin path, each in a class loader of its own.
 */
@NullMarked
package io.eventpipeline.connect;

import org.jspecify.annotations.NullMarked;
