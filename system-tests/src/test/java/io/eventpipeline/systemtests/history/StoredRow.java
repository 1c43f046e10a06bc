package io.eventpipeline.systemtests.history;

import io.eventpipeline.model.event.Event;

/**
 * A row of an event's table.
 *
 * @param orderId which order it is about
 * @param eventId the id of the event that became the row
 * @param event what the row says
 */
public record StoredRow(String orderId, String eventId, Event event) {}
