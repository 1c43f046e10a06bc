/**
 * Reads over REST what arrived. Answers within the bounds of the database's time-outs, and at once
 * while the database is known to be away. Depends on {@code tables} and {@code store}.
 */
@NullMarked
package io.eventpipeline.consumer.queries;

import org.jspecify.annotations.NullMarked;
