/**
 * The settings that all services have in common, and the defaults below all other sources. May
 * depend on Spring Boot and shared-model only.
 */
@NullMarked
package io.eventpipeline.starter.settings;

import org.jspecify.annotations.NullMarked;
