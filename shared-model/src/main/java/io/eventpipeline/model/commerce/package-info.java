/**
 * Orders, customers, products, payments and shipments: the events of the shop, their typed ids and
 * the parts that several of them share. A new event is added here as a record that {@link
 * io.eventpipeline.model.commerce.CommerceEvent} permits, and in {@link
 * io.eventpipeline.model.topic.PipelineTopic}.
 */
@NullMarked
package io.eventpipeline.model.commerce;

import org.jspecify.annotations.NullMarked;
