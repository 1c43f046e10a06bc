/**
 * The topology to look at: as text, as JSON and as a picture. Depends on Kafka Streams' description
 * of a topology and nothing of ours.
 */
@NullMarked
package io.eventpipeline.streams.picture;

import org.jspecify.annotations.NullMarked;
