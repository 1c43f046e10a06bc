/** Tests of the settings of the groups. */
@NullMarked
package io.eventpipeline.consumer.groups;

import org.jspecify.annotations.NullMarked;
