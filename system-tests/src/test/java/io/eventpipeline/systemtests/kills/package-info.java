/**
 * Orders and page views through three instances of streams-service while instances and brokers are
 * killed and questions are asked: the load, the questions and what each answer must at least say,
 * the faults, and what the outputs hold at the end. Depends on the packages beside it; nothing but
 * the tests depends on it.
 */
@NullMarked
package io.eventpipeline.systemtests.kills;

import org.jspecify.annotations.NullMarked;
