/**
 * What a run measured: single measurements, their medians over the rounds, a table to read and a
 * file of JSON to compute with. Depends on {@code load} for results, on {@code processes} for the
 * log of collections, and on Jackson.
 */
@NullMarked
package io.eventpipeline.benchmarks.report;

import org.jspecify.annotations.NullMarked;
