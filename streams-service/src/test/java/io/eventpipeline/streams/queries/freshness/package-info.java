/** Tests of {@code queries.freshness}. */
@NullMarked
package io.eventpipeline.streams.queries.freshness;

import org.jspecify.annotations.NullMarked;
