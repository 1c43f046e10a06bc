/**
 * Lines of logs in over HTTP, as plain text: each line becomes a record of the topic for them.
 * Depends on {@code intake} for reading and answering, and on {@code delivery}.
 */
@NullMarked
package io.eventpipeline.producer.loglines;

import org.jspecify.annotations.NullMarked;
