/** Tests of the archive and its files. */
@NullMarked
package io.eventpipeline.consumer.archive;

import org.jspecify.annotations.NullMarked;
