/**
 * The state of the worker, its group, its connectors and its declarations at one look. It may
 * depend on all other packages, and none on it.
 */
@NullMarked
package io.eventpipeline.connect.overview;

import org.jspecify.annotations.NullMarked;
