/** Tests of {@code io.eventpipeline.starter.topics}. */
@NullMarked
package io.eventpipeline.starter.topics;

import org.jspecify.annotations.NullMarked;
