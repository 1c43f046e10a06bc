/**
 * The tables of events: how each event becomes a row and a row the same event again, and which rows
 * a new one collides with. Knows nothing of groups and offsets. Depends on JDBC and shared-model.
 */
@NullMarked
package io.eventpipeline.consumer.tables;

import org.jspecify.annotations.NullMarked;
