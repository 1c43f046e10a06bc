/** Tests of the package of the same name. */
@NullMarked
package io.eventpipeline.standalone.checking;

import org.jspecify.annotations.NullMarked;
