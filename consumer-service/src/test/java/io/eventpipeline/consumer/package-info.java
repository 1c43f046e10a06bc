/**
 * Tests of the service as a whole and what they share: a started instance, a sender of records, and
 * events that tell a story. Broker and database come from local-cluster.
 */
@NullMarked
package io.eventpipeline.consumer;

import org.jspecify.annotations.NullMarked;
