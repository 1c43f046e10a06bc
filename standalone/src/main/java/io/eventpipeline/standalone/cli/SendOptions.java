package io.eventpipeline.standalone.cli;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.standalone.instance.PipelineException;
import io.eventpipeline.standalone.sending.NumberedRecord;
import io.eventpipeline.standalone.sending.RecordsDoor;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command sends, and where, in so far as all commands that send records are alike. */
final class SendOptions {

    private static final int MAX_SIZE = 1_000_000;

    @Option(
            names = {"--url", "--producer"},
            paramLabel = "URL",
            defaultValue = "http://localhost:8081",
            description = "producer-service; ${DEFAULT-VALUE} if not given")
    private URI url = URI.create("http://localhost:8081");

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description =
                    "a topic that takes plain text: that of log lines, which every"
                            + " pipeline has, if not given")
    private @Nullable String topic;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "dev",
            description = "the third part of the topic's name; ${DEFAULT-VALUE} if not given")
    private String environment = "dev";

    @Option(
            names = "--acks",
            paramLabel = "all|1|0|profile",
            defaultValue = "all",
            description =
                    "what a receipt waits for; profile leaves it to the topic;"
                            + " ${DEFAULT-VALUE} if not given")
    private String acks = "all";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "how long one answer may take; ${DEFAULT-VALUE} if not given")
    private int timeout = 15;

    RecordsDoor door() {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.matches("https?") || url.getHost() == null) {
            throw new PipelineException("--url is like http://localhost:8081, not " + url + ".");
        }
        String name = topic == null ? defaultTopic(environment) : topic;
        if (!name.matches("[a-zA-Z0-9._-]{1,249}")) {
            throw new PipelineException("No topic can have the name " + name + ".");
        }
        if (!acks.matches("all|1|0|profile")) {
            throw new PipelineException("--acks is all, 1, 0 or profile, not " + acks + ".");
        }
        return new RecordsDoor(url, name, acks.equals("profile") ? null : acks);
    }

    Duration timeout() {
        return Duration.ofSeconds(within("--timeout", timeout, 1, 3_600));
    }

    static String defaultTopic(String environment) {
        return new TopicCatalogue(environment).name(PipelineTopic.LOG_LINE);
    }

    static int count(int count) {
        return within("--count", count, 0, NumberedRecord.MAX_NUMBERS);
    }

    static int size(int size) {
        return within("--record-size", size, 1, MAX_SIZE);
    }

    static double rate(double rate) {
        if (!(rate >= 0 && rate <= 1e9)) {
            throw new PipelineException("--rate is 0 or more, not " + rate + ".");
        }
        return rate;
    }

    static int within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new PipelineException(
                    "%s is between %d and %d, not %d.".formatted(option, least, most, value));
        }
        return value;
    }
}
