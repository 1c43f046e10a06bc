package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.instance.DataFolder;
import io.eventpipeline.standalone.instance.DetachedStart;
import io.eventpipeline.standalone.instance.Narrator;
import io.eventpipeline.standalone.instance.PipelineException;
import io.eventpipeline.standalone.instance.Ports;
import io.eventpipeline.standalone.instance.Supervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./pipeline up}: starts everything, says where it is, and stays until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts Kafka, PostgreSQL and the services; Ctrl-C stops them in order.")
final class UpCommand implements Callable<Integer> {

    private static final Duration DETACHED_START_TIMEOUT = Duration.ofMinutes(12);

    @Mixin private InstanceOptions instance = new InstanceOptions();

    @Option(
            names = "--brokers",
            paramLabel = "1|3",
            description = "how many brokers; those that the data belongs to, else 1, if not given")
    private @Nullable Integer brokers;

    @Option(
            names = "--detach",
            description = "return when everything is ready; ./pipeline down stops it")
    private boolean detach;

    /** Needed by picocli. */
    UpCommand() {}

    @Override
    public Integer call() {
        int count = instance.brokers(brokers);
        if (count != 1 && count != 3) {
            throw new PipelineException("--brokers is 1 or 3, not " + count + ".");
        }
        DataFolder data = instance.data();
        boolean terminal = Terminal.isPresent();
        Narrator narrator = new Narrator(System.out, terminal);
        if (detach) {
            DetachedStart start = new DetachedStart(data, narrator);
            return start.run(arguments(count), DETACHED_START_TIMEOUT) ? 0 : 1;
        }
        Supervisor supervisor =
                new Supervisor(
                        data,
                        Ports.STANDARD,
                        count,
                        instance.services(count),
                        instance.brokerJars(),
                        narrator);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));
        narrator.say("Event Pipeline is starting; data and logs are in " + data.root());
        long began = System.nanoTime();
        supervisor.start();
        narrator.say(
                "Everything is ready after %.1f s.".formatted((System.nanoTime() - began) / 1e9));
        narrator.say(Welcome.text(Ports.STANDARD));
        supervisor.watch();
        return 0;
    }

    private List<String> arguments(int count) {
        List<String> arguments = new ArrayList<>();
        arguments.add("-Dpipeline.home=" + instance.home());
        arguments.add(PipelineCommand.class.getName());
        arguments.addAll(
                List.of(
                        "up",
                        "--brokers",
                        Integer.toString(count),
                        "--data",
                        instance.data().root().toString()));
        return arguments;
    }
}
