package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.instance.RunningInstance;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./pipeline status}: a line for each process, and an exit status for scripts. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Shows every process: exit status 0 if all are well, 1 if one is not, 3 if none"
                        + " runs.")
final class StatusCommand implements Callable<Integer> {

    private static final int SOME_FAILED = 1;
    private static final int NOT_RUNNING = 3;

    @Mixin private InstanceOptions instance = new InstanceOptions();

    /** Needed by picocli. */
    StatusCommand() {}

    @Override
    public Integer call() {
        RunningInstance running = new RunningInstance(instance.data());
        if (!running.isRunning()) {
            System.out.println("The pipeline is not running: ./pipeline up starts it.");
            return NOT_RUNNING;
        }
        int brokers = instance.brokers(null);
        List<RunningInstance.Part> parts = running.parts(brokers, instance.services(brokers));
        System.out.printf("%-18s %-12s %9s %9s%n", "process", "state", "pid", "memory");
        long total = 0;
        for (RunningInstance.Part part : parts) {
            total += part.residentBytes();
            System.out.printf(
                    "%-18s %-12s %9s %5d MiB%n",
                    part.name(),
                    part.state(),
                    part.pid() == 0 ? "-" : Long.toString(part.pid()),
                    part.residentBytes() >> 20);
        }
        System.out.printf("%-18s %-12s %9s %5d MiB%n", "all", "", "", total >> 20);
        return parts.stream().allMatch(RunningInstance.Part::well) ? 0 : SOME_FAILED;
    }
}
