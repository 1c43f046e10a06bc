/**
 * Kafka serialisers and deserialisers of events. Both sides check the event, so that an invalid one
 * is neither stored nor handed on.
 */
@NullMarked
package io.eventpipeline.model.serde;

import org.jspecify.annotations.NullMarked;
