package io.eventpipeline.model.web;

import io.eventpipeline.model.event.Event;

/** An event about web pages. */
public sealed interface WebEvent extends Event permits PageViewed, PageCount {}
