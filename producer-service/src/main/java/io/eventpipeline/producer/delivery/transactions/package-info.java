/**
 * Several records as one Kafka transaction (KIP-98): readers that are {@code read_committed} see
 * all of them or none. A pool of transactional producers, whose ids are the same after a restart,
 * and what a sender is told when a transaction ends well, badly or in the dark. Depends on {@code
 * delivery} and {@code instance}.
 */
@NullMarked
package io.eventpipeline.producer.delivery.transactions;

import org.jspecify.annotations.NullMarked;
