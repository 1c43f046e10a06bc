/** Tests of what is measured of streams-service. */
@NullMarked
package io.eventpipeline.benchmarks.streaming;

import org.jspecify.annotations.NullMarked;
