/**
 * How far each group is behind, in three ways: by where the group resumes, whoever reads and even
 * if nobody does; by what its consumers say themselves; and by the offsets that Kafka has, for all
 * groups of the cluster. As an actuator endpoint, as gauges, and in health as a fact: who stands
 * still while records wait. Depends on {@code groups}, {@code delivery}, {@code archive} and {@code
 * partitions}.
 */
@NullMarked
package io.eventpipeline.consumer.lag;

import org.jspecify.annotations.NullMarked;
