/**
 * Tests on real brokers and a real PostgreSQL: what is killed, frozen or restarted here is a
 * process of the operating system. Each test that breaks something has a cluster of its own.
 */
@NullMarked
package io.eventpipeline.localcluster;

import org.jspecify.annotations.NullMarked;
