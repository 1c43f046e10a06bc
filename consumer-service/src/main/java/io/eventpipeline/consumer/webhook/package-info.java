/**
 * Sends events to a web service, in order for each key. Depends on spring-kafka, {@code parallel},
 * {@code intake} and {@code deadletters}; nothing depends on it.
 */
@NullMarked
package io.eventpipeline.consumer.webhook;

import org.jspecify.annotations.NullMarked;
