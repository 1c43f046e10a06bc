/**
 * An order and its payment, both or neither: one request, one Kafka transaction. Depends on {@code
 * intake} for all that doors share and on {@code delivery.transactions}.
 */
@NullMarked
package io.eventpipeline.producer.checkouts;

import org.jspecify.annotations.NullMarked;
