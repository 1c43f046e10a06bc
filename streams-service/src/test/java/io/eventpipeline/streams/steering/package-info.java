/** Commands to the client. */
@NullMarked
package io.eventpipeline.streams.steering;

import org.jspecify.annotations.NullMarked;
