/** Tests of the package of the same name. */
@NullMarked
package io.eventpipeline.standalone.cli;

import org.jspecify.annotations.NullMarked;
