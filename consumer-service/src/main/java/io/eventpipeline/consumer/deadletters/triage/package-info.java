/**
 * What lies in the dead-letter topics and why: an index of all letters in PostgreSQL, kept up to
 * date in the background, the groups that {@code GET /dead-letters} shows, and the letters
 * themselves, read from Kafka when somebody asks. Depends on {@code partitions}, {@code store} and
 * the headers that the three writers of letters use.
 */
@NullMarked
package io.eventpipeline.consumer.deadletters.triage;

import org.jspecify.annotations.NullMarked;
