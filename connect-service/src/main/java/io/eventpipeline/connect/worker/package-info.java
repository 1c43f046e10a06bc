/**
 * Runs the Connect worker: its settings, its start when the brokers answer, its bounded stop and
 * its health.
 *
 * <p>This package and {@code safety} alone know Kafka Connect's runtime classes; the others ask
 * {@link io.eventpipeline.connect.worker.WorkerAccess}.
 */
@NullMarked
package io.eventpipeline.connect.worker;

import org.jspecify.annotations.NullMarked;
