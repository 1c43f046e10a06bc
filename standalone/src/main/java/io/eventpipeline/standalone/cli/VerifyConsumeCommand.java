package io.eventpipeline.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.standalone.checking.Finding;
import io.eventpipeline.standalone.checking.ReadingException;
import io.eventpipeline.standalone.checking.Receipts;
import io.eventpipeline.standalone.checking.RunCheck;
import io.eventpipeline.standalone.checking.TopicCheck;
import io.eventpipeline.standalone.checking.TopicReader;
import io.eventpipeline.standalone.instance.PipelineException;
import io.eventpipeline.standalone.sending.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code ./pipeline verify-consume}: what is wrong with the numbered records of a topic; exit
 * status 0 if nothing is.
 */
@Command(
        name = "verify-consume",
        mixinStandardHelpOptions = true,
        description =
                "Reads numbered records back from Kafka, when their sender has ended, and names"
                        + " gaps, doubles and disorder, a JSON object a line.")
final class VerifyConsumeCommand implements Callable<Integer> {

    /** So many findings of a kind are printed; the summary counts all. */
    private static final int PRINTED = 100;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "the brokers; ${DEFAULT-VALUE} if not given")
    private String bootstrapServers = "localhost:9092";

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description =
                    "the topic; that of the receipts, else that of log lines, if not" + " given")
    private @Nullable String topic;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "dev",
            description = "the third part of the topic's name; ${DEFAULT-VALUE} if not given")
    private String environment = "dev";

    @Option(
            names = "--receipts",
            paramLabel = "FILE",
            description =
                    "what verify-produce printed, - for standard input: checks that run, and that"
                            + " each record lies where its receipt says")
    private @Nullable String receipts;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "checks only that run; all runs in the topic if not given")
    private @Nullable String run;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "how many records a run has; as many as its highest number says if not given")
    private int count;

    @Option(
            names = "--strict",
            description =
                    "a record that is there twice as the same event, as after a retry, is wrong"
                            + " too")
    private boolean strict;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "how long nothing may come before the end is reached; ${DEFAULT-VALUE} if not"
                            + " given")
    private int timeout = 60;

    private final JsonLines out = new JsonLines(System.out);
    private final Map<Finding.Kind, Integer> printed = new EnumMap<>(Finding.Kind.class);

    /** Needed by picocli. */
    VerifyConsumeCommand() {}

    @Override
    public Integer call() {
        Receipts known = receipts == null ? null : readReceipts(receipts);
        String name = topic;
        if (name == null) {
            name = known == null ? SendOptions.defaultTopic(environment) : known.topic();
        }
        TopicCheck check =
                new TopicCheck(runId(), known, SendOptions.count(count), this::printSome);
        TopicReader reader =
                new TopicReader(
                        bootstrapServers,
                        name,
                        Duration.ofSeconds(SendOptions.within("--timeout", timeout, 1, 86_400)));
        Collection<RunCheck> runs;
        try {
            runs = check.run(reader);
        } catch (ReadingException e) {
            throw new PipelineException("Not checked: " + e.getMessage() + ".", e);
        }
        boolean passed = true;
        for (RunCheck one : runs) {
            passed &= isPassed(one);
            out.print(line(one));
        }
        boolean nothing = runs.stream().allMatch(one -> one.records() == 0);
        if (nothing && known == null) {
            System.err.printf(
                    "There are no numbered records among the %d of %s.%n", check.records(), name);
        }
        return passed && !(nothing && known == null) ? 0 : 1;
    }

    private boolean isPassed(RunCheck check) {
        return check.isPassed() && (!strict || check.found(Finding.Kind.REPEAT) == 0);
    }

    private @Nullable RunId runId() {
        if (run == null) {
            return null;
        }
        return RunId.parse(run)
                .orElseThrow(() ->
                        new PipelineException(run + " is not a run: the sender's output has it."));
    }

    private static Receipts readReceipts(String file) {
        try (BufferedReader lines =
                file.equals("-")
                        ? new BufferedReader(new InputStreamReader(System.in, UTF_8))
                        : Files.newBufferedReader(Path.of(file))) {
            return Receipts.read(lines);
        } catch (IOException e) {
            throw new PipelineException(
                    "No receipts could be read from %s: %s.".formatted(file, e.getMessage()), e);
        }
    }

    private void printSome(Finding finding) {
        if (printed.merge(finding.kind(), 1, Integer::sum) > PRINTED) {
            return;
        }
        ObjectNode line = JsonLines.named(name(finding.kind())).put("run", finding.run().value());
        if (finding.kind() == Finding.Kind.GAP) {
            line.put("from", finding.from()).put("to", finding.to());
        } else {
            line.put("number", finding.from());
        }
        if (finding.key() != null) {
            line.put("key", finding.key());
        }
        if (finding.partition() >= 0) {
            line.put("partition", finding.partition()).put("offset", finding.offset());
        }
        out.print(line);
    }

    private ObjectNode line(RunCheck check) {
        ObjectNode line =
                JsonLines.named("summary")
                        .put("run", check.run().value())
                        .put("began", check.run().began().toString())
                        .put("records", check.records())
                        .put("numbers", check.numbers())
                        .put("highest", check.highest());
        for (Finding.Kind kind : Finding.Kind.values()) {
            line.put(name(kind), check.found(kind));
        }
        return line.put("passed", isPassed(check));
    }

    private static String name(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
