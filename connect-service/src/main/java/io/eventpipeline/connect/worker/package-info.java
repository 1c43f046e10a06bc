/**
 * Runs the Connect worker: its settings, its start when the brokers answer, its bounded stop, what
 * a connector may not do, and the worker's health.
 *
 * <p>This is the only package that knows Kafka Connect's runtime classes; the others ask {@link
 * io.eventpipeline.connect.worker.WorkerAccess}.
 */
@NullMarked
package io.eventpipeline.connect.worker;

import org.jspecify.annotations.NullMarked;
