/** Tests of the package of the same name. */
@NullMarked
package io.eventpipeline.connect.declared;

import org.jspecify.annotations.NullMarked;
