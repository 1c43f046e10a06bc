/** Tests of {@code io.eventpipeline.model.cloudevents}. */
@NullMarked
package io.eventpipeline.model.cloudevents;

import org.jspecify.annotations.NullMarked;
