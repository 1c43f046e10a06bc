/** Tests of the reset of an application. */
@NullMarked
package io.eventpipeline.standalone.reset;

import org.jspecify.annotations.NullMarked;
