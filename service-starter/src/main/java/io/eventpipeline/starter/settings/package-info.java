/**
 * The settings that all services have in common, and the defaults below all other sources. May
 * depend on Spring Boot, shared-model and {@code tracing}.
 */
@NullMarked
package io.eventpipeline.starter.settings;

import org.jspecify.annotations.NullMarked;
