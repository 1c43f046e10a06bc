/**
 * JSON Schemas of the values of topics without event type, from files, so that such a topic is
 * guarded without a registry. Every door that writes to one of them asks here before anything is
 * sent. Depends on {@code topics} and shared-model; knows nothing of HTTP.
 */
@NullMarked
package io.eventpipeline.producer.valueschemas;

import org.jspecify.annotations.NullMarked;
