/**
 * What the brokers say about partitions: the ids of their topics and the bounds of their logs.
 * Depends on Kafka's admin client only.
 */
@NullMarked
package io.eventpipeline.consumer.partitions;

import org.jspecify.annotations.NullMarked;
