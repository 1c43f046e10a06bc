/**
 * How often each page was seen in windows of four kinds: interim counts while a window is open, the
 * final one when it closes. Depends on {@code intake} and {@code derivation}; nothing depends on it
 * but the table of contents and, by the names of stores, {@code queries}.
 */
@NullMarked
package io.eventpipeline.streams.pages;

import org.jspecify.annotations.NullMarked;
