package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.traffic.Demo;
import io.eventpipeline.standalone.traffic.PipelineClient;
import io.eventpipeline.standalone.traffic.TrafficException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./pipeline demo}: a stream of orders to look at. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Sends products, addresses and orders, and counts the shipments that arrive.")
final class DemoCommand implements Callable<Integer> {

    private static final String DEFAULT_ORDERS = "500";
    private static final String DEFAULT_RATE = "50";
    private static final Duration SHIPMENT_TIMEOUT = Duration.ofSeconds(30);

    @Mixin private UrlOptions where = new UrlOptions();

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = DEFAULT_ORDERS,
            description = "how many; ${DEFAULT-VALUE} if not given")
    private int orders = Integer.parseInt(DEFAULT_ORDERS);

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            defaultValue = DEFAULT_RATE,
            description = "how many in a second; ${DEFAULT-VALUE} if not given")
    private int rate = Integer.parseInt(DEFAULT_RATE);

    /** Needed by picocli. */
    DemoCommand() {}

    @Override
    public Integer call() throws TrafficException {
        if (orders < 1 || rate < 1) {
            System.err.println("--orders and --rate are at least 1.");
            return 2;
        }
        Demo demo =
                new Demo(
                        new PipelineClient(where.urls()),
                        InstantSource.system(),
                        RandomGenerator.getDefault());
        System.out.printf("Sent %d products and addresses.%n", demo.stock());
        boolean terminal = Terminal.isPresent();
        Demo.Outcome outcome =
                demo.run(
                        orders,
                        rate,
                        SHIPMENT_TIMEOUT,
                        new ProgressBar(System.out, terminal, "orders sent"),
                        new ProgressBar(System.out, terminal, "shipments arrived"));
        System.out.printf(
                "%d of %d orders accepted in %.1f s (%.0f a second); %d of %d shipments are in the"
                        + " database.%n",
                outcome.accepted(),
                outcome.sent(),
                outcome.sendingTook().toMillis() / 1e3,
                outcome.sent() / (outcome.sendingTook().toMillis() / 1e3),
                outcome.shipped(),
                outcome.accepted());
        if (outcome.firstFailure() != null) {
            System.err.println("The first that was not accepted: " + outcome.firstFailure());
        }
        return outcome.shipped() == outcome.sent() ? 0 : 1;
    }
}
