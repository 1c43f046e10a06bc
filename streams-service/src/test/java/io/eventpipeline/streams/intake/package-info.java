/** Tests of {@code intake}. */
@NullMarked
package io.eventpipeline.streams.intake;

import org.jspecify.annotations.NullMarked;
