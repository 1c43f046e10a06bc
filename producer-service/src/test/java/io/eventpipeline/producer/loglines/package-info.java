/** Texts into lines, and lines into records. */
@NullMarked
package io.eventpipeline.producer.loglines;

import org.jspecify.annotations.NullMarked;
