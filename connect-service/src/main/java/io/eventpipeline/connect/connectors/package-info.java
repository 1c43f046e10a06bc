/**
 * Watches the connectors and tasks of the group: their health, and the restart of what failed.
 *
 * <p>It asks {@link io.eventpipeline.connect.worker.WorkerAccess}, and knows no class of Kafka
 * Connect.
 */
@NullMarked
package io.eventpipeline.connect.connectors;

import org.jspecify.annotations.NullMarked;
