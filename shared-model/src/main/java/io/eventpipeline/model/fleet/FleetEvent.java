package io.eventpipeline.model.fleet;

import io.eventpipeline.model.event.Event;

/** An event about vehicles. */
public sealed interface FleetEvent extends Event permits PositionReported {}
