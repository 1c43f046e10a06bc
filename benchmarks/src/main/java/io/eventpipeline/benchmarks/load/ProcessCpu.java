package io.eventpipeline.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads the processor times of named processes from {@code /proc} (proc_pid_stat(5)). A process
 * that has ended, or a system without {@code /proc}, counts as nothing. Immutable.
 */
public final class ProcessCpu implements Supplier<CpuTimes> {

    /** Linux shows times to user space in these units, whatever the kernel counts in. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private final Map<String, Long> processes;

    /**
     * A reader.
     *
     * @param processes process numbers by what they are called
     */
    public ProcessCpu(Map<String, Long> processes) {
        this.processes = new LinkedHashMap<>(processes);
    }

    /** The same with one more process. */
    public ProcessCpu and(String name, long pid) {
        Map<String, Long> more = new LinkedHashMap<>(processes);
        more.put(name, pid);
        return new ProcessCpu(more);
    }

    @Override
    public CpuTimes get() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, pid) -> seconds.put(name, secondsOf(pid)));
        return new CpuTimes(seconds);
    }

    private static double secondsOf(long pid) {
        try {
            return seconds(
                    Files.readString(
                            Path.of("/proc", Long.toString(pid), "stat"),
                            StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return 0;
        }
    }

    /** User and system time from the line; the name of the process may hold anything. */
    static double seconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
                / TICKS_PER_SECOND;
    }
}
