/**
 * Listeners that are declared by code, for those whose topics, partitions or existence depend on
 * settings. They are in spring-kafka's registry as the annotated ones are, so they are started and
 * steered alike. Depends on spring-kafka only.
 */
@NullMarked
package io.eventpipeline.consumer.listening;

import org.jspecify.annotations.NullMarked;
