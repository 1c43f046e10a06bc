/**
 * What a client of the worker's REST API may not do and may not see: which connectors may run,
 * which settings they may have, which files they reach, and the secrets that no answer shows.
 *
 * <p>Besides {@code worker} the only package that knows Kafka Connect's runtime classes. It depends
 * on no other package of the service.
 */
@NullMarked
package io.eventpipeline.connect.safety;

import org.jspecify.annotations.NullMarked;
