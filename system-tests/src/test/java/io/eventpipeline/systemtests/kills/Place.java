package io.eventpipeline.systemtests.kills;

import io.eventpipeline.model.topic.PipelineTopic;

/**
 * Where a key lives: who reads this partition has its state.
 *
 * @param topic the input whose partition it is
 * @param partition the partition
 */
record Place(PipelineTopic topic, int partition) {}
