/**
 * How old the state is that answers come from: compares what Kafka had at a moment with what the
 * local stores have read, for running tasks, for standbys and for tasks that are being restored.
 * May depend on Kafka's admin client, the names of stores and topics, and the running client in
 * {@code runtime}; knows nothing of HTTP.
 */
@NullMarked
package io.eventpipeline.streams.queries.freshness;

import org.jspecify.annotations.NullMarked;
