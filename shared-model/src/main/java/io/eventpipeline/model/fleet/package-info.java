/**
 * Positions of vehicles: events that may be lost, because the next one is on its way. Depends only
 * on {@code io.eventpipeline.model.event}.
 */
@NullMarked
package io.eventpipeline.model.fleet;

import org.jspecify.annotations.NullMarked;
