/** Tests of {@code io.eventpipeline.starter.problem}. */
@NullMarked
package io.eventpipeline.starter.problem;

import org.jspecify.annotations.NullMarked;
