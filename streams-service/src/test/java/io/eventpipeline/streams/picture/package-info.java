/** Tests of {@code picture}. */
@NullMarked
package io.eventpipeline.streams.picture;

import org.jspecify.annotations.NullMarked;
