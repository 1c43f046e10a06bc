/**
 * What listeners have in common whatever they do: how their consumers are members of a group, and
 * how a listener is declared by code where its topics, partitions or existence depend on settings.
 * Those are in spring-kafka's registry as the annotated ones are, so they are started and steered
 * alike. Depends on spring-kafka only.
 */
@NullMarked
package io.eventpipeline.consumer.listening;

import org.jspecify.annotations.NullMarked;
