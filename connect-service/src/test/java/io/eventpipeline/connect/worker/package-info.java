/** Tests of the package of the same name. */
@NullMarked
package io.eventpipeline.connect.worker;

import org.jspecify.annotations.NullMarked;
