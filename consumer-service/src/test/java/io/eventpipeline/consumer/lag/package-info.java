/** Tests of what is said of lag. */
@NullMarked
package io.eventpipeline.consumer.lag;

import org.jspecify.annotations.NullMarked;
