/** Tests of the host metrics connector, on this machine's real figures. */
@NullMarked
package io.eventpipeline.connect.hostmetrics;

import org.jspecify.annotations.NullMarked;
