/** Tests of {@code io.eventpipeline.producer.retries}. */
@NullMarked
package io.eventpipeline.producer.retries;

import org.jspecify.annotations.NullMarked;
