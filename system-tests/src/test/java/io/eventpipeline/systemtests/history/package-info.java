/**
 * What really happened in a run: what was sent, what the topics hold, what the tables hold, and, by
 * triggers that the test installs, each change of a row in the order of storing. Checkers read
 * nothing else. Depends on Kafka's consumer, on JDBC and on shared-model.
 */
@NullMarked
package io.eventpipeline.systemtests.history;

import org.jspecify.annotations.NullMarked;
