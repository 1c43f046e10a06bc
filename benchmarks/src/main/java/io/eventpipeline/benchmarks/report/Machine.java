package io.eventpipeline.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a run ran on.
 *
 * @param processors how many the JVM may use
 * @param model what the processor calls itself
 * @param memoryGigabytes how much memory there is
 * @param system the operating system and its version
 * @param java the JVM
 */
public record Machine(
        int processors, String model, long memoryGigabytes, String system, String java) {

    private static final long KILOBYTES_PER_GIGABYTE = 1 << 20;

    /** This one; what the system does not tell is "unknown" or 0. */
    public static Machine here() {
        String memory = field("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                memory.isEmpty() ? 0 : Long.parseLong(memory) / KILOBYTES_PER_GIGABYTE,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    private static String field(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
