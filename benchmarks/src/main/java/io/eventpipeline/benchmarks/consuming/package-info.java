/**
 * What reads from Kafka in a run: consumer-service from its jar, a listener as one would write it
 * by hand, Kafka's own consumer test, and the orders and the database that they work on. Depends on
 * local-cluster, shared-model and {@code processes}; knows the service by its jar, its REST
 * endpoints, its tables and its archive's files alone.
 */
@NullMarked
package io.eventpipeline.benchmarks.consuming;

import org.jspecify.annotations.NullMarked;
