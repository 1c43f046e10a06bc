/**
 * What happens when something fails: which failures are poison and become dead letters, which are
 * worth another try, and which need the client to be started anew. One classifier decides. Depends
 * on {@code intake} for its refusals, and on the topic catalogue.
 */
@NullMarked
package io.eventpipeline.streams.failure;

import org.jspecify.annotations.NullMarked;
