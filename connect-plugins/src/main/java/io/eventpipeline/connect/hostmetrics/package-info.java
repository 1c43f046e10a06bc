/**
 * A source connector that reads the processor and memory use of the machine it runs on and feeds it
 * to Kafka as CloudEvents.
 *
 * <p>It depends on Kafka Connect's API alone, which the worker provides, so that the plugin folder
 * holds one small jar and can be dropped into any worker. The event's shape is the one that
 * shared-model declares as {@code ServerMeasured}; a contract test holds the two together.
 */
@NullMarked
package io.eventpipeline.connect.hostmetrics;

import org.jspecify.annotations.NullMarked;
