/** Tests of {@code io.eventpipeline.producer.retries.ledger}. */
@NullMarked
package io.eventpipeline.producer.retries.ledger;

import org.jspecify.annotations.NullMarked;
