/**
 * The application, and the table of contents of its topology. What the topology answers lies in
 * {@code shipments}, {@code pages}, {@code logs}, {@code alerts}, {@code totals} and {@code
 * payments}, how it runs in {@code runtime}, how it is asked in {@code queries}, and how it is
 * shown in {@code picture}.
 */
@NullMarked
package io.eventpipeline.streams;

import org.jspecify.annotations.NullMarked;
