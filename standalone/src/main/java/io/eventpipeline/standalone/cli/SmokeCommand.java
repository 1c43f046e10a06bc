package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.traffic.PipelineClient;
import io.eventpipeline.standalone.traffic.SmokeTest;
import io.eventpipeline.standalone.traffic.TrafficException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./pipeline smoke}: the end-to-end check; exit status 0, or one line that says why not. */
@Command(
        name = "smoke",
        mixinStandardHelpOptions = true,
        description =
                "Checks a running pipeline from end to end, be it ./pipeline up or docker-compose.")
final class SmokeCommand implements Callable<Integer> {

    private static final String DEFAULT_SECONDS = "5";

    @Mixin private UrlOptions where = new UrlOptions();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = DEFAULT_SECONDS,
            description = "how long a shipment may take; ${DEFAULT-VALUE} if not given")
    private int seconds = Integer.parseInt(DEFAULT_SECONDS);

    /** Needed by picocli. */
    SmokeCommand() {}

    @Override
    public Integer call() {
        long began = System.nanoTime();
        SmokeTest test =
                new SmokeTest(
                        new PipelineClient(where.urls()),
                        Duration.ofSeconds(seconds),
                        InstantSource.system(),
                        step -> System.out.println("  " + step));
        try {
            test.run();
        } catch (TrafficException e) {
            System.err.println("Smoke test failed: " + e.getMessage());
            return 1;
        }
        System.out.printf("Smoke test passed in %.1f s.%n", (System.nanoTime() - began) / 1e9);
        return 0;
    }
}
