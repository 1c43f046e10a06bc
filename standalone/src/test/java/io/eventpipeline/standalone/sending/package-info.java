/** Tests of the package of the same name. */
@NullMarked
package io.eventpipeline.standalone.sending;

import org.jspecify.annotations.NullMarked;
