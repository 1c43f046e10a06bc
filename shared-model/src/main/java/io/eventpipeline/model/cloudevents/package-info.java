/**
 * CloudEvents 1.0.2 in the binary mode of the Kafka protocol binding: the headers that say which
 * event a record is. Depends on Kafka's header types only.
 */
@NullMarked
package io.eventpipeline.model.cloudevents;

import org.jspecify.annotations.NullMarked;
