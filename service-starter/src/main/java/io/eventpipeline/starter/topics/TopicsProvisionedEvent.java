package io.eventpipeline.starter.topics;

import io.eventpipeline.model.topic.ProvisioningReport;

/**
 * All topics of the catalogue exist. Published once, on the provisioning thread, when the
 * application context is running; whoever needs topics starts its work here.
 *
 * @param report what was made and what differs
 */
public record TopicsProvisionedEvent(ProvisioningReport report) {}
