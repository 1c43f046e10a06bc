/** Tests of the checkouts' door, without a broker. */
@NullMarked
package io.eventpipeline.producer.checkouts;

import org.jspecify.annotations.NullMarked;
