/** Tests of what keeps a worker safe. */
@NullMarked
package io.eventpipeline.connect.safety;

import org.jspecify.annotations.NullMarked;
