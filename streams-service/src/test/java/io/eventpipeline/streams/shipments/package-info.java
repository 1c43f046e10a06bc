/** Tests of {@code shipments}. */
@NullMarked
package io.eventpipeline.streams.shipments;

import org.jspecify.annotations.NullMarked;
