/** Tests of {@code payments}. */
@NullMarked
package io.eventpipeline.streams.payments;

import org.jspecify.annotations.NullMarked;
