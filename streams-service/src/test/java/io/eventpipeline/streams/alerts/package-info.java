/** Tests of {@code alerts}. */
@NullMarked
package io.eventpipeline.streams.alerts;

import org.jspecify.annotations.NullMarked;
