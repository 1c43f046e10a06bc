package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.instance.Narrator;
import io.eventpipeline.standalone.instance.RunningInstance;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./pipeline down}: stops what {@code up} started, from any terminal. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description =
                "Stops the services, the database and the brokers, in this order; the data stays.")
final class DownCommand implements Callable<Integer> {

    @Mixin private InstanceOptions instance = new InstanceOptions();

    /** Needed by picocli. */
    DownCommand() {}

    @Override
    public Integer call() {
        new RunningInstance(instance.data()).stop(new Narrator(System.out, false));
        return 0;
    }
}
