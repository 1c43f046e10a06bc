/**
 * What every event has in common: its key, its type name and its identity. The events themselves
 * lie in one package a domain ({@code commerce}, {@code web}, {@code fleet}, {@code ops}). Depends
 * on nothing but the JDK and annotations.
 */
@NullMarked
package io.eventpipeline.model.event;

import org.jspecify.annotations.NullMarked;
