/** Tests of the package of the same name. */
@NullMarked
package io.eventpipeline.standalone.traffic;

import org.jspecify.annotations.NullMarked;
