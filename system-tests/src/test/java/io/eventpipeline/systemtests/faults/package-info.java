/**
 * Breaks things at the moment that matters, and measures how long users notice. Depends on the
 * services package and on PostgreSQL's own views.
 */
@NullMarked
package io.eventpipeline.systemtests.faults;

import org.jspecify.annotations.NullMarked;
