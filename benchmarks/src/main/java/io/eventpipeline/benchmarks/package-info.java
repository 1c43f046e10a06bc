/**
 * Load runs over the real services: {@code benchmarks/run}. This package holds the commands and the
 * order of a run; {@code load} sends, {@code processes} is what is sent to, {@code consuming} what
 * reads, {@code streaming} what is asked of streams-service, {@code report} what comes out.
 * docs/performance.md says how to read it.
 */
@NullMarked
package io.eventpipeline.benchmarks;

import org.jspecify.annotations.NullMarked;
