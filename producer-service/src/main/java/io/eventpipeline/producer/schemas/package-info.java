/**
 * What can be sent and how, for people and programs that read before they send: the types of events
 * with their JSON Schemas, the topics, and the OpenAPI document of all doors. Sends nothing and
 * decides nothing: the doors do. Depends on {@code intake} and {@code topics} for what there is.
 */
@NullMarked
package io.eventpipeline.producer.schemas;

import org.jspecify.annotations.NullMarked;
