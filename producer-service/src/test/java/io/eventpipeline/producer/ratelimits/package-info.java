/** Tests of the limits on a clock of their own. */
@NullMarked
package io.eventpipeline.producer.ratelimits;

import org.jspecify.annotations.NullMarked;
