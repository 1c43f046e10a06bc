package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.load.CpuTimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Reads the processor times of processes with all that they started, such as PostgreSQL's sessions,
 * from {@code /proc} (proc_pid_stat(5)). Immutable.
 */
public final class TreeCpu implements Supplier<CpuTimes> {

    /** Linux shows times to user space in these units, whatever the kernel counts in. */
    private static final double TICKS_PER_SECOND = 100;

    /** User and system time of the process, then those of children that have ended. */
    private static final int FIRST_TIME = 11;

    private static final int LAST_TIME = 14;

    private final Map<String, Long> roots;

    /** Of the processes with these numbers, by what they are called. */
    public TreeCpu(Map<String, Long> roots) {
        this.roots = new LinkedHashMap<>(roots);
    }

    @Override
    public CpuTimes get() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        roots.forEach((name, pid) ->
                seconds.put(
                        name,
                        LongStream.concat(
                                        LongStream.of(pid),
                                        ProcessHandle.of(pid).stream()
                                                .flatMap(ProcessHandle::descendants)
                                                .mapToLong(ProcessHandle::pid))
                                .mapToDouble(TreeCpu::secondsOf)
                                .sum()));
        return new CpuTimes(seconds);
    }

    private static double secondsOf(long pid) {
        try {
            String stat =
                    Files.readString(
                            Path.of("/proc", Long.toString(pid), "stat"),
                            StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }
}
