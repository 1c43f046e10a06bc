/**
 * Measurements of servers and the alerts raised from them. Depends only on {@code
 * io.eventpipeline.model.event}.
 */
@NullMarked
package io.eventpipeline.model.ops;

import org.jspecify.annotations.NullMarked;
