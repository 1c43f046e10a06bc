/** Tests of {@code pages}. */
@NullMarked
package io.eventpipeline.streams.pages;

import org.jspecify.annotations.NullMarked;
