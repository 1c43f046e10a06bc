/**
 * What each customer ordered of each product, now and at any moment of the last days. Depends on
 * {@code intake} and {@code topology}; nothing depends on it but the table of contents and, by the
 * names of stores, {@code queries}.
 */
@NullMarked
package io.eventpipeline.streams.totals;

import org.jspecify.annotations.NullMarked;
