/** Kills of connect-service's workers while file connectors carry lines through a topic. */
@NullMarked
package io.eventpipeline.systemtests.connect;

import org.jspecify.annotations.NullMarked;
