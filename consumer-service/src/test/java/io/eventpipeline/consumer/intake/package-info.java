/** Tests of reading and judging single records. */
@NullMarked
package io.eventpipeline.consumer.intake;

import org.jspecify.annotations.NullMarked;
