/**
 * The last records of chosen partitions, in memory. Partitions are assigned and not subscribed, so
 * there is no group, no rebalance and no commit; each instance reads all of them. Depends on {@code
 * recordjson} and {@code listening}.
 */
@NullMarked
package io.eventpipeline.consumer.tail;

import org.jspecify.annotations.NullMarked;
