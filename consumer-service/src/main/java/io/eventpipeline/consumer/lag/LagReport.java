package io.eventpipeline.consumer.lag;

import java.util.List;

/**
 * What {@code GET /actuator/lag} answers.
 *
 * @param partitions in the order of group, topic and partition
 */
public record LagReport(List<PartitionLag> partitions) {}
