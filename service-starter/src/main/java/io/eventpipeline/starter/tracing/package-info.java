/**
 * Traces through the pipeline (W3C Trace Context), off unless {@code pipeline.tracing.endpoint}
 * says where spans go. Records carry the context; what sends them adds its span. May depend on
 * Micrometer Tracing, Kafka's clients, Spring MVC and shared-model.
 */
@NullMarked
package io.eventpipeline.starter.tracing;

import org.jspecify.annotations.NullMarked;
