/** Tests of the door for CloudEvents, point by point of its specifications. */
@NullMarked
package io.eventpipeline.producer.cloudevents;

import org.jspecify.annotations.NullMarked;
