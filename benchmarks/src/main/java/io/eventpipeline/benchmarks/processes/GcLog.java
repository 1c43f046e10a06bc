package io.eventpipeline.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a JVM's own log of its collections says about its heap ({@code -Xlog:gc}, JEP 271). A
 * collection that {@code jcmd GC.run} asked for shows what is really in use.
 *
 * @param liveMegabytes in use after each collection that was asked for
 * @param peakMegabytes the most that was ever in use, garbage included
 * @param collections how many there were, those that were asked for left out
 * @param fullCollections how many of them were of the whole heap
 */
public record GcLog(
        List<Integer> liveMegabytes, int peakMegabytes, long collections, long fullCollections) {

    private static final Pattern PAUSE =
            Pattern.compile(
                    "Pause (\\w+) \\(([^)]*)\\)(?: \\([^)]*\\))* (\\d+)M->(\\d+)M\\(\\d+M\\)");
    private static final String ASKED_FOR = "Diagnostic Command";

    /** The option that makes a JVM write such a log. */
    public static String option(Path file) {
        return "-Xlog:gc:file=" + file;
    }

    /** Reads a log. */
    public static GcLog read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new BenchmarkException("no log of collections", e);
        }
    }

    static GcLog parse(String log) {
        List<MatchResult> pauses = PAUSE.matcher(log).results().toList();
        List<MatchResult> unasked =
                pauses.stream().filter(pause -> !pause.group(2).equals(ASKED_FOR)).toList();
        return new GcLog(
                pauses.stream()
                        .filter(pause -> pause.group(2).equals(ASKED_FOR))
                        .map(pause -> Integer.valueOf(pause.group(4)))
                        .toList(),
                pauses.stream().mapToInt(pause -> Integer.parseInt(pause.group(3))).max().orElse(0),
                unasked.size(),
                unasked.stream().filter(pause -> pause.group(1).equals("Full")).count());
    }
}
