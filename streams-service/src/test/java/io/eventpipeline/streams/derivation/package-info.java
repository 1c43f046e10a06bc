/** Tests of {@code derivation}. */
@NullMarked
package io.eventpipeline.streams.derivation;

import org.jspecify.annotations.NullMarked;
