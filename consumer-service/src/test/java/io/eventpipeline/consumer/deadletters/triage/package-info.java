/** Tests of what headers say and what is shown of letters. */
@NullMarked
package io.eventpipeline.consumer.deadletters.triage;

import org.jspecify.annotations.NullMarked;
