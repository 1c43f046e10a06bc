/**
 * Sends orders the way many clients do: each customer's orders strictly one after the other, with
 * repeats. Remembers what was sent and what was answered. Everything about an order follows from
 * the seed. Depends on shared-model and on REST, on no service's code.
 */
@NullMarked
package io.eventpipeline.systemtests.load;

import org.jspecify.annotations.NullMarked;
