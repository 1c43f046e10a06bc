/** Tests of transactions with Kafka's mock of a producer. */
@NullMarked
package io.eventpipeline.producer.delivery.transactions;

import org.jspecify.annotations.NullMarked;
