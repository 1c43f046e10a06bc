/**
 * Sends records that cannot be processed to the dead-letter topic of their topic. Depends on
 * spring-kafka and {@code intake}.
 */
@NullMarked
package io.eventpipeline.consumer.deadletters;

import org.jspecify.annotations.NullMarked;
