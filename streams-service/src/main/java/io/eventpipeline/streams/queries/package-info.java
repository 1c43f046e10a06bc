/**
 * Answers questions from the state stores, on this instance or, by one hop, on the one that has the
 * key, or on a standby for callers who accept that; {@code freshness} says how old the state is.
 * Depends on the names of the pieces' stores and on {@code picture}, never on the topology behind
 * them, and on the running client in {@code runtime}.
 */
@NullMarked
package io.eventpipeline.streams.queries;

import org.jspecify.annotations.NullMarked;
