/** Tests of {@code runtime}. */
@NullMarked
package io.eventpipeline.streams.runtime;

import org.jspecify.annotations.NullMarked;
