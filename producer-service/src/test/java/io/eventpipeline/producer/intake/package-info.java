/**
 * What senders are told: each bad input with its exact answer, without a broker, and the parts that
 * decide it.
 */
@NullMarked
package io.eventpipeline.producer.intake;

import org.jspecify.annotations.NullMarked;
