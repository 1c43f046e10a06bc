/**
 * The archive's files as others read them: programs that restore, and tests that check. Knows the
 * format and nothing of who writes it, so that both can be held against each other. Depends on the
 * JDK and Jackson only.
 */
@NullMarked
package io.eventpipeline.model.archive;

import org.jspecify.annotations.NullMarked;
