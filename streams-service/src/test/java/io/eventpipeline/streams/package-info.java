/** Tests of the application as a whole: architecture, topology as text, integration. */
@NullMarked
package io.eventpipeline.streams;

import org.jspecify.annotations.NullMarked;
