/**
 * Rules that hold across the modules and that no module can check for itself. Read from the sources
 * and the compiled classes; nothing runs.
 */
@NullMarked
package io.eventpipeline.systemtests.rules;

import org.jspecify.annotations.NullMarked;
