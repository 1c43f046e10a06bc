/**
 * Connectors that are declared in files: they are given to the worker when it is ready, and again
 * when someone has changed them.
 *
 * <p>It uses the same REST API as any other client; it may depend on {@code worker} and {@code
 * rest}.
 */
@NullMarked
package io.eventpipeline.connect.declared;

import org.jspecify.annotations.NullMarked;
