package io.eventpipeline.systemtests.load;

/**
 * What a random run follows from.
 *
 * @param value the seed; the same value gives the same orders and the same choices
 */
public record Seed(long value) {}
