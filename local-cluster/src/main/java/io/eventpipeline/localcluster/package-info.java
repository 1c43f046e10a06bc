/**
 * Real Kafka brokers and a real PostgreSQL as child processes, without Docker. They can be stopped,
 * killed, frozen and started again on the same data and the same ports, and none of them outlives
 * the JVM that started it. Standalone, the integration tests and the fault suite use this package;
 * it depends on Kafka, the PostgreSQL driver and the JDK, and on nothing of the pipeline.
 */
@NullMarked
package io.eventpipeline.localcluster;

import org.jspecify.annotations.NullMarked;
