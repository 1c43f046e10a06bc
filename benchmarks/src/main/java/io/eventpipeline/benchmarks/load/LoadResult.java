package io.eventpipeline.benchmarks.load;

/**
 * What one measurement saw.
 *
 * @param seconds how long was measured
 * @param requests answers with status 200 in that time
 * @param records records in them
 * @param failures other answers, and broken connections
 * @param p50Millis the middle of the times from the first byte sent to the last byte read; of a
 *     stream, from the sending of a record to its receipt
 * @param p99Millis of a hundred times the longest but one
 * @param acknowledged records acknowledged since the first request, before and after the measured
 *     time included
 * @param cpu processor time used meanwhile
 */
public record LoadResult(
        double seconds,
        long requests,
        long records,
        long failures,
        double p50Millis,
        double p99Millis,
        long acknowledged,
        CpuTimes cpu) {}
