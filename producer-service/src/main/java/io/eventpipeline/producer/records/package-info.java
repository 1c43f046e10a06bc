/**
 * Records into any topic: the JSON envelope, raw bodies, and the form that the clients of other
 * REST proxies speak. A topic with an event type is guarded here as by its typed door; one without
 * takes any bytes. Depends on {@code intake}, {@code topics} and {@code delivery}.
 */
@NullMarked
package io.eventpipeline.producer.records;

import org.jspecify.annotations.NullMarked;
