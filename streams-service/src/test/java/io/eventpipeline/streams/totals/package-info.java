/** Tests of {@code totals}. */
@NullMarked
package io.eventpipeline.streams.totals;

import org.jspecify.annotations.NullMarked;
