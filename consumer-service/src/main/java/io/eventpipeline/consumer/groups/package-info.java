/**
 * The listener groups: which topics each reads, with how many threads, when they start, and whether
 * they are well. Depends on {@code delivery}, {@code archive} and spring-kafka.
 */
@NullMarked
package io.eventpipeline.consumer.groups;

import org.jspecify.annotations.NullMarked;
