/**
 * What an operator can tell the running client over REST: pause, resume, more threads, fewer. For
 * this instance only. May depend on {@code runtime}.
 */
@NullMarked
package io.eventpipeline.streams.steering;

import org.jspecify.annotations.NullMarked;
