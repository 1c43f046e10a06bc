package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.load.CpuTimes;

/**
 * What one measurement saw.
 *
 * @param records how many records became rows, lines or nothing
 * @param seconds in which time
 * @param cpu processor time used meanwhile
 */
public record Throughput(long records, double seconds, CpuTimes cpu) {}
