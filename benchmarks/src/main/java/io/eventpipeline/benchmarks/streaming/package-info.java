/**
 * What is measured of streams-service: how fast a topology is and how late its results are, beside
 * a bare Kafka Streams program, and how long state takes to come back. Depends on {@code
 * consuming}, {@code processes} and {@code report}; knows the service by its jar, its REST
 * endpoints and its topics alone.
 */
@NullMarked
package io.eventpipeline.benchmarks.streaming;

import org.jspecify.annotations.NullMarked;
