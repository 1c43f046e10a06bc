/**
 * Servers that need attention: too busy, short of memory, or silent. Depends on {@code intake},
 * {@code derivation} and {@code topology}; nothing depends on it but the table of contents.
 */
@NullMarked
package io.eventpipeline.streams.alerts;

import org.jspecify.annotations.NullMarked;
