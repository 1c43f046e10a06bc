/**
 * Which topics can be sent to, and what the cluster says of them: those of the catalogue that are
 * meant for senders, and those outside it that an allow-list names. An unknown topic is known to be
 * unknown within milliseconds, so that nobody waits for its metadata. Depends on Kafka's admin
 * client, shared-model and service-starter.
 */
@NullMarked
package io.eventpipeline.producer.topics;

import org.jspecify.annotations.NullMarked;
