package io.eventpipeline.model.ops;

import io.eventpipeline.model.event.Event;

/** An event about servers; all are keyed by host. */
public sealed interface OpsEvent extends Event permits ServerMeasured, ServerAlert {}
