package io.eventpipeline.connect.hostmetrics;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Asks the Java platform, on machines that have no {@code /proc}.
 *
 * <p>There the page cache may count as used memory, because the platform knows only free memory.
 */
final class PlatformHostProbe implements HostProbe {

    private final OperatingSystemMXBean machine =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Override
    public Measurement measure() {
        long total = machine.getTotalMemorySize();
        double load = machine.getCpuLoad();
        // Negative, or not a number, until the platform has two samples.
        return new Measurement(
                load >= 0 ? Math.min(load, 1.0) : 0.0, total - machine.getFreeMemorySize(), total);
    }
}
