/** Tests of {@code queries}. */
@NullMarked
package io.eventpipeline.streams.queries;

import org.jspecify.annotations.NullMarked;
