/**
 * Stands between a client and PostgreSQL and understands what the client says, so that a test can
 * break things at the one moment that matters: before an offset moves, before a COMMIT, or between
 * a COMMIT and its answer. Depends on the JDK only.
 */
@NullMarked
package io.eventpipeline.systemtests.proxy;

import org.jspecify.annotations.NullMarked;
