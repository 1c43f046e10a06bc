/** Tests of {@code io.eventpipeline.starter.threads}. */
@NullMarked
package io.eventpipeline.starter.threads;

import org.jspecify.annotations.NullMarked;
