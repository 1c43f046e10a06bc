/** Tests of what tracing adds, and of what it leaves out while it is off. */
@NullMarked
package io.eventpipeline.starter.tracing;

import org.jspecify.annotations.NullMarked;
