/** Tests of {@code queries.stores}. */
@NullMarked
package io.eventpipeline.streams.queries.stores;

import org.jspecify.annotations.NullMarked;
