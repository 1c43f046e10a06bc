/** Tests of the settings that listeners have in common. */
@NullMarked
package io.eventpipeline.consumer.listening;

import org.jspecify.annotations.NullMarked;
