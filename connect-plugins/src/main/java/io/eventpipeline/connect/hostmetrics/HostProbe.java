package io.eventpipeline.connect.hostmetrics;

import java.nio.file.Path;

/**
 * Looks at the machine.
 *
 * <p>A probe compares with its own last look, so that each task has a probe of its own and calls it
 * from one thread.
 */
interface HostProbe {

    /**
     * Measures the machine now.
     *
     * @throws java.io.UncheckedIOException if the machine does not answer; the next call may
     *     succeed
     */
    Measurement measure();

    /**
     * The probe that fits this machine. On Linux that is {@link ProcHostProbe}: inside a container
     * {@code /proc/stat} and {@code /proc/meminfo} still show the machine, which is what a server
     * measurement is about, and {@code MemAvailable} does not count the page cache as used.
     * Elsewhere it is {@link PlatformHostProbe}.
     */
    static HostProbe ofThisMachine() {
        Path proc = Path.of("/proc");
        return ProcHostProbe.canRead(proc) ? new ProcHostProbe(proc) : new PlatformHostProbe();
    }
}
