/** Tests of the REST tables with the web layer alone. */
@NullMarked
package io.eventpipeline.consumer.tables;

import org.jspecify.annotations.NullMarked;
