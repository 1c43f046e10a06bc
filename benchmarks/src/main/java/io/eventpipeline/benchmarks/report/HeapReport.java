package io.eventpipeline.benchmarks.report;

import io.eventpipeline.benchmarks.load.LoadResult;
import io.eventpipeline.benchmarks.processes.GcLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one long stream did to the heap of the service.
 *
 * @param machine what it ran on
 * @param heap the largest heap, as given to the JVM
 * @param records how many were acknowledged
 * @param stored how many the broker took
 * @param recordsPerSecond how fast
 * @param liveMegabytes in use before, at regular steps of the way, and after
 * @param peakMegabytes the most ever in use, garbage included
 * @param collections how many collections there were
 * @param fullCollections of the whole heap, not counting those that measured
 */
public record HeapReport(
        Machine machine,
        String heap,
        long records,
        long stored,
        double recordsPerSecond,
        List<Integer> liveMegabytes,
        int peakMegabytes,
        long collections,
        long fullCollections) {

    /** More than this between the first half of the way and the second is growth. */
    private static final int TOLERATED_MEGABYTES = 8;

    /** The report of a stream. */
    public static HeapReport of(
            Machine machine, String heap, LoadResult result, long stored, GcLog log) {
        return new HeapReport(
                machine,
                heap,
                result.acknowledged(),
                stored,
                result.records() / result.seconds(),
                log.liveMegabytes(),
                log.peakMegabytes(),
                log.collections(),
                log.fullCollections());
    }

    /** Whether the second half of the way needs no more than the first. */
    public boolean isFlat() {
        return !liveMegabytes.isEmpty()
                && most(secondHalf()) <= most(firstHalf()) + TOLERATED_MEGABYTES;
    }

    /** For the terminal. */
    public String text() {
        return String.format(
                Locale.ROOT,
                """
                %,d records in one request, %,d stored, %,.0f records/s, heap at most %s
                in use (MB) on the way: %s
                smallest %d, largest %d, first half at most %d, second half at most %d: %s
                with garbage at most %d MB; %d collections, %d of the whole heap
                """,
                records,
                stored,
                recordsPerSecond,
                heap,
                liveMegabytes,
                liveMegabytes.stream().mapToInt(Integer::intValue).min().orElse(0),
                most(liveMegabytes),
                most(firstHalf()),
                most(secondHalf()),
                isFlat() ? "flat" : "GROWING",
                peakMegabytes,
                collections,
                fullCollections);
    }

    /** Writes it as JSON. */
    public void write(Path file) {
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(file, this);
    }

    private List<Integer> firstHalf() {
        return liveMegabytes.subList(0, liveMegabytes.size() / 2 + 1);
    }

    private List<Integer> secondHalf() {
        return liveMegabytes.subList(liveMegabytes.size() / 2, liveMegabytes.size());
    }

    private static int most(List<Integer> megabytes) {
        return megabytes.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
