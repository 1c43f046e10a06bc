/** Tests of the transforms, on records as a worker hands them over. */
@NullMarked
package io.eventpipeline.connect.transforms;

import org.jspecify.annotations.NullMarked;
