/**
 * Payments matched with their orders; what stays alone is reported. Depends on {@code intake} and
 * {@code derivation}; nothing depends on it but the table of contents.
 */
@NullMarked
package io.eventpipeline.streams.payments;

import org.jspecify.annotations.NullMarked;
