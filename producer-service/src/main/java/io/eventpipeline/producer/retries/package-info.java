/**
 * Requests that may come again, or are asked for later: {@code Idempotency-Key} answers a repeat
 * with the first answer, {@code Prefer: respond-async} answers at once and keeps the outcome at
 * {@code /deliveries/{id}}. What every instance must know lies in {@code retries.ledger}. May
 * depend on that, {@code delivery} and service-starter; the doors depend on this package.
 */
@NullMarked
package io.eventpipeline.producer.retries;

import org.jspecify.annotations.NullMarked;
