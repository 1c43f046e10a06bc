/**
 * How much a client may send and a topic may get, in records and bytes a second, by token buckets
 * that each instance keeps for itself. Off unless set, and then nothing of it is on the way of a
 * request. Depends on {@code delivery} for the records that count, on Spring MVC and Bucket4j; the
 * doors depend on this package.
 */
@NullMarked
package io.eventpipeline.producer.ratelimits;

import org.jspecify.annotations.NullMarked;
