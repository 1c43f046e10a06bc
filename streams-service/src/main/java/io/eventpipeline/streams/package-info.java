/**
 * The application, and the table of contents of its topology. What the topology answers lies in
 * {@code shipments} and its future siblings, how it runs in {@code runtime}, how it is asked in
 * {@code queries}.
 */
@NullMarked
package io.eventpipeline.streams;

import org.jspecify.annotations.NullMarked;
