/**
 * Reads numbered records back from their topic and names what is wrong with them: numbers that are
 * missing, are there twice, or come in another order than they were sent. Depends on what {@code
 * sending} says a record and a receipt look like, and on Kafka's consumer.
 */
@NullMarked
package io.eventpipeline.standalone.checking;

import org.jspecify.annotations.NullMarked;
