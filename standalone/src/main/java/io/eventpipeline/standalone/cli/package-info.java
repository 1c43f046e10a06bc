/**
 * The commands of {@code ./pipeline}: they read options, ask, print and choose the exit status.
 * What they do lies in the packages {@code instance} (start, watch, stop), {@code traffic} (send
 * and check events over HTTP), {@code sending} and {@code checking} (numbered records).
 */
@NullMarked
package io.eventpipeline.standalone.cli;

import org.jspecify.annotations.NullMarked;
