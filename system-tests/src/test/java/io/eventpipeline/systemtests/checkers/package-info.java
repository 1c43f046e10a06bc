/**
 * The guarantees, one checker each, plugged into one suite. A checker reads a history and says what
 * breaks its promise; each is proved to go red on a history that does. Depends on the history only.
 */
@NullMarked
package io.eventpipeline.systemtests.checkers;

import org.jspecify.annotations.NullMarked;
