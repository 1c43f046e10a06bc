/** Tests of the promise that each event is in its table once, on a real broker and database. */
@NullMarked
package io.eventpipeline.consumer.delivery;

import org.jspecify.annotations.NullMarked;
