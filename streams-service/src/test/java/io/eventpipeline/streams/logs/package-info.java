/** Tests of {@code logs}. */
@NullMarked
package io.eventpipeline.streams.logs;

import org.jspecify.annotations.NullMarked;
