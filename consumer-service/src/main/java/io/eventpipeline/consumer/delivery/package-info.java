/**
 * Each record once: rows and the next offset in one database transaction, the offset moved by
 * compare-and-set. {@link io.eventpipeline.consumer.delivery.GroupMember} is the life of one
 * consumer, {@link io.eventpipeline.consumer.delivery.BatchDelivery} the transaction, {@link
 * io.eventpipeline.consumer.delivery.OffsetRepository} the compare-and-set. Depends on {@code
 * intake}, {@code tables}, {@code deadletters}, {@code partitions} and {@code store}.
 */
@NullMarked
package io.eventpipeline.consumer.delivery;

import org.jspecify.annotations.NullMarked;
