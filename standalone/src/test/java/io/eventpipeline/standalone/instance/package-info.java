/** Tests of the package of the same name. */
@NullMarked
package io.eventpipeline.standalone.instance;

import org.jspecify.annotations.NullMarked;
