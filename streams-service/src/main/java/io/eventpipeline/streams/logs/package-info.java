/** Lines of logs that are worth reading. Depends on {@code intake}; nothing depends on it. */
@NullMarked
package io.eventpipeline.streams.logs;

import org.jspecify.annotations.NullMarked;
