/**
 * How far each group is behind, seen from outside: the end of each partition's log against the
 * offset where the group resumes, whoever reads and even if nobody does. As an actuator endpoint
 * and as gauges. Depends on {@code groups}, {@code delivery} and {@code partitions}.
 */
@NullMarked
package io.eventpipeline.consumer.lag;

import org.jspecify.annotations.NullMarked;
