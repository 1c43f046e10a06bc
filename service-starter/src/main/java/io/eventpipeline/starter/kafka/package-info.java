/**
 * Whether Kafka answers, asked in the background so that a request never waits to find out. Says it
 * in the {@code kafka} health component. May depend on {@code settings}.
 */
@NullMarked
package io.eventpipeline.starter.kafka;

import org.jspecify.annotations.NullMarked;
