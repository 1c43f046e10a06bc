/** Tests of {@code io.eventpipeline.starter.settings}. */
@NullMarked
package io.eventpipeline.starter.settings;

import org.jspecify.annotations.NullMarked;
