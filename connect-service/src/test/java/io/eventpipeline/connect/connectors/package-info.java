/** Tests of the package of the same name. */
@NullMarked
package io.eventpipeline.connect.connectors;

import org.jspecify.annotations.NullMarked;
