/**
 * What runs beside the load, each in a JVM of its own: the broker, producer-service from its jar,
 * the peers, an endpoint that only reads, and Kafka's own producer test. Depends on local-cluster
 * and {@code load}; knows the service by its jar and HTTP alone.
 */
@NullMarked
package io.eventpipeline.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
