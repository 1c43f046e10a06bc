/** Tests of the tail. */
@NullMarked
package io.eventpipeline.consumer.tail;

import org.jspecify.annotations.NullMarked;
