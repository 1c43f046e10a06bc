package io.eventpipeline.connect.hostmetrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads Linux's {@code /proc/stat} and {@code /proc/meminfo} (proc(5)).
 *
 * <p>The processor load is the growth of the busy time over the growth of all time since the last
 * call, over all processors. Waiting for a disk counts as idle; guest time is part of user time
 * already.
 */
final class ProcHostProbe implements HostProbe {

    private static final String STAT = "stat";
    private static final String MEMINFO = "meminfo";
    private static final String ALL_PROCESSORS = "cpu ";
    private static final String TOTAL = "MemTotal:";
    private static final String AVAILABLE = "MemAvailable:";
    private static final long BYTES_PER_KIBIBYTE = 1024;

    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISK = 4;
    private static final int FIRST_GUEST = 8;

    private final Path proc;
    private ProcessorTime last;
    private double lastLoad;

    /**
     * Takes the first look, from which the first load is counted.
     *
     * @param proc the folder where the kernel shows itself, {@code /proc}
     */
    ProcHostProbe(Path proc) {
        this.proc = proc;
        this.last = processorTime();
    }

    static boolean canRead(Path proc) {
        return Files.isReadable(proc.resolve(STAT)) && Files.isReadable(proc.resolve(MEMINFO));
    }

    @Override
    public Measurement measure() {
        ProcessorTime now = processorTime();
        lastLoad = now.loadSince(last, lastLoad);
        last = now;
        List<String> memory = lines(MEMINFO);
        long total = bytes(memory, TOTAL);
        return new Measurement(lastLoad, total - bytes(memory, AVAILABLE), total);
    }

    private ProcessorTime processorTime() {
        return ProcessorTime.parse(line(lines(STAT), ALL_PROCESSORS));
    }

    private long bytes(List<String> memory, String name) {
        return Long.parseLong(fields(line(memory, name)).getFirst()) * BYTES_PER_KIBIBYTE;
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(proc.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(List<String> lines, String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() ->
                        new UncheckedIOException(new IOException(proc + " has no line " + start)));
    }

    /** The values of a line after its name. */
    private static List<String> fields(String line) {
        List<String> words = List.of(line.trim().split("\\s+"));
        return words.subList(1, words.size());
    }

    private record ProcessorTime(long busy, long all) {

        static ProcessorTime parse(String line) {
            List<Long> ticks = fields(line).stream().map(Long::valueOf).toList();
            long all = ticks.stream().limit(FIRST_GUEST).mapToLong(Long::longValue).sum();
            return new ProcessorTime(all - ticks.get(IDLE) - ticks.get(WAITING_FOR_DISK), all);
        }

        /** Between two looks within one tick nothing can be said, so the load stays as it was. */
        double loadSince(ProcessorTime before, double unchanged) {
            long passed = all - before.all;
            return passed <= 0
                    ? unchanged
                    : Math.clamp((double) (busy - before.busy) / passed, 0.0, 1.0);
        }
    }
}
