package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.sending.Delivery;
import io.eventpipeline.standalone.sending.RecordsDoor;
import io.eventpipeline.standalone.sending.RunId;
import io.eventpipeline.standalone.sending.StopSignal;
import io.eventpipeline.standalone.sending.VerifiableProducer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code ./pipeline verify-produce}: a receipt for each of some numbered records; exit status 0 if
 * each has one.
 */
@Command(
        name = "verify-produce",
        mixinStandardHelpOptions = true,
        description =
                "Sends numbered records through producer-service and prints what became of each, a"
                        + " JSON object a line. Ctrl-C ends it with the summary.")
final class VerifyProduceCommand implements Callable<Integer> {

    @Mixin private SendOptions where = new SendOptions();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "how many records, 0 for as many as until Ctrl-C; ${DEFAULT-VALUE} if not"
                            + " given")
    private int count = 1_000;

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            defaultValue = "100",
            description =
                    "how many in a second, 0 for as fast as possible; ${DEFAULT-VALUE} if not"
                            + " given")
    private double rate = 100;

    @Option(
            names = "--key-count",
            paramLabel = "N",
            defaultValue = "16",
            description =
                    "how many keys, 0 for none; the records of a key are sent one after the other;"
                            + " ${DEFAULT-VALUE} if not given")
    private int keys = 16;

    @Option(
            names = "--record-size",
            paramLabel = "BYTES",
            defaultValue = "100",
            description = "how large a value is; ${DEFAULT-VALUE} if not given")
    private int size = 100;

    @Option(
            names = "--retry-for",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "for how long a record is sent again, under the same Idempotency-Key, as long"
                            + " as that makes sense; ${DEFAULT-VALUE} if not given")
    private int retryFor = 30;

    /** Needed by picocli. */
    VerifyProduceCommand() {}

    @Override
    public Integer call() {
        RecordsDoor door = where.door();
        VerifiableProducer.Settings settings =
                new VerifiableProducer.Settings(
                        door,
                        SendOptions.count(count),
                        SendOptions.rate(rate),
                        SendOptions.within("--key-count", keys, 0, 1_000_000),
                        SendOptions.size(size),
                        where.timeout(),
                        Duration.ofSeconds(SendOptions.within("--retry-for", retryFor, 0, 86_400)));
        RunId run = RunId.begunAt(Instant.now(), RandomGenerator.getDefault());
        JsonLines out = new JsonLines(System.out);
        StopSignal stop = new StopSignal();
        out.print(
                JsonLines.named("started")
                        .put("run", run.value())
                        .put("topic", door.topic())
                        .put("url", door.producer().toString())
                        .put("count", count)
                        .put("rate", rate));
        VerifiableProducer producer =
                new VerifiableProducer(
                        run,
                        settings,
                        stop,
                        delivery -> {
                            if (!out.print(line(delivery))) {
                                stop.give();
                            }
                        });
        VerifiableProducer.Summary summary =
                Interruptible.run(
                        stop,
                        where.timeout(),
                        () -> {
                            VerifiableProducer.Summary result = producer.run();
                            out.print(line(run, result));
                            return result;
                        });
        return summary.acknowledged() == summary.sent() ? 0 : 1;
    }

    private static ObjectNode line(Delivery delivery) {
        ObjectNode line =
                JsonLines.named(delivery.kind().name().toLowerCase(Locale.ROOT))
                        .put("number", delivery.number())
                        .put("key", delivery.key())
                        .put("attempts", delivery.attempts())
                        .put("latencyMs", JsonLines.rounded(delivery.latency().toNanos() / 1e6));
        switch (delivery.kind()) {
            case ACKNOWLEDGED -> {
                if (delivery.body() instanceof ObjectNode receipt) {
                    line.setAll(receipt);
                }
            }
            case NOT_WRITTEN, UNKNOWN ->
                    line.put("status", delivery.status()).set("problem", delivery.body());
        }
        return line;
    }

    private static ObjectNode line(RunId run, VerifiableProducer.Summary summary) {
        double seconds = summary.took().toNanos() / 1e9;
        ObjectNode line =
                JsonLines.named("summary")
                        .put("run", run.value())
                        .put("sent", summary.sent())
                        .put("acknowledged", summary.acknowledged())
                        .put("notWritten", summary.notWritten())
                        .put("unknown", summary.unknown())
                        .put("retries", summary.retries())
                        .put("seconds", JsonLines.rounded(seconds))
                        .put(
                                "acknowledgedPerSecond",
                                JsonLines.rounded(summary.acknowledged() / seconds));
        line.set("latencyMs", JsonLines.latency(summary.latency()));
        return line;
    }
}
