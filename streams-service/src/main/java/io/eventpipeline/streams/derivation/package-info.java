/**
 * What makes an event that a topology derives an event of its own: its id, computed from what
 * caused it, and its headers. Depends on shared-model and Kafka's header types only.
 */
@NullMarked
package io.eventpipeline.streams.derivation;

import org.jspecify.annotations.NullMarked;
