/** Tests of {@code io.eventpipeline.model.topic}. */
@NullMarked
package io.eventpipeline.model.topic;

import org.jspecify.annotations.NullMarked;
