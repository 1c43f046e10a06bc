/**
 * Events as JSON: one mapper for all services, a strict reader for doors, a tolerant one for
 * topics, and the list of what is wrong with a refused value. Depends on Jackson and Bean
 * Validation.
 */
@NullMarked
package io.eventpipeline.model.json;

import org.jspecify.annotations.NullMarked;
