/**
 * The load generator: sends prepared requests over plain sockets, reads every answer, and counts.
 * It shares the machine with what it measures, so it is one thread, parses what it must, and
 * allocates next to nothing. The same code drives every endpoint. Depends on the JDK and
 * HdrHistogram only.
 */
@NullMarked
package io.eventpipeline.benchmarks.load;

import org.jspecify.annotations.NullMarked;
