/**
 * Makes the topics of the catalogue when a service starts and says so in the {@code topics} health
 * component. A service that needs topics before it can work waits for {@link
 * io.eventpipeline.starter.topics.TopicsProvisionedEvent}. May depend on {@code settings} and
 * {@code kafka}.
 */
@NullMarked
package io.eventpipeline.starter.topics;

import org.jspecify.annotations.NullMarked;
