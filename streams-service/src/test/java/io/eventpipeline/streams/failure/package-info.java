/** Tests of {@code failure}. */
@NullMarked
package io.eventpipeline.streams.failure;

import org.jspecify.annotations.NullMarked;
