/**
 * Sends events to a running pipeline and reads back what arrived, by HTTP alone, so that it works
 * against {@code ./pipeline up} and against docker-compose alike.
 */
@NullMarked
package io.eventpipeline.standalone.traffic;

import org.jspecify.annotations.NullMarked;
