/**
 * PostgreSQL as a whole: whether it answers, asked in the background so that nobody waits to find
 * out, and its schema, brought up to date as soon as it does. Depends on JDBC and Flyway.
 */
@NullMarked
package io.eventpipeline.consumer.store;

import org.jspecify.annotations.NullMarked;
