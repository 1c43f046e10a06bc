/** What a failed send means, and the bounds that settings must keep, without a broker. */
@NullMarked
package io.eventpipeline.producer.delivery;

import org.jspecify.annotations.NullMarked;
