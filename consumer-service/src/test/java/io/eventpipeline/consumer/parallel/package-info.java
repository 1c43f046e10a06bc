/** Tests of work that keeps the order of keys. */
@NullMarked
package io.eventpipeline.consumer.parallel;

import org.jspecify.annotations.NullMarked;
