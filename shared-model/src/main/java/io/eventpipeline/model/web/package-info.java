/**
 * Visits of web pages and their counts per window. Depends only on {@code
 * io.eventpipeline.model.event}.
 */
@NullMarked
package io.eventpipeline.model.web;

import org.jspecify.annotations.NullMarked;
