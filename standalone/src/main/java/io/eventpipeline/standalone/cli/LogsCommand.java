package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.instance.DataFolder;
import io.eventpipeline.standalone.instance.LogFile;
import io.eventpipeline.standalone.instance.PipelineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./pipeline logs <service>}: the end of one process's log, also after its death. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Shows the log of one process.")
final class LogsCommand implements Callable<Integer> {

    private static final String DEFAULT_LINES = "100";

    @Mixin private InstanceOptions instance = new InstanceOptions();

    @Parameters(
            paramLabel = "SERVICE",
            description = "such as producer-service (or producer), broker-1, postgresql, pipeline")
    private String service = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = DEFAULT_LINES,
            description = "how many lines; ${DEFAULT-VALUE} if not given")
    private int lines = Integer.parseInt(DEFAULT_LINES);

    @Option(
            names = {"-f", "--follow"},
            description = "go on until Ctrl-C")
    private boolean follow;

    /** Needed by picocli. */
    LogsCommand() {}

    @Override
    public Integer call() {
        LogFile log = new LogFile(find(instance.data()));
        log.print(System.out, lines);
        if (follow) {
            log.follow(System.out);
        }
        return 0;
    }

    private Path find(DataFolder data) {
        for (String name : List.of(service, service + "-service", alias())) {
            Path file = data.log(name);
            if (file.normalize().startsWith(data.logs()) && Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new PipelineException(
                "There is no log of %s; there are: %s."
                        .formatted(service, String.join(", ", LogFile.names(data))));
    }

    private String alias() {
        return switch (service) {
            case "kafka", "broker" -> "broker-1";
            case "postgres", "database" -> "postgresql";
            default -> service;
        };
    }
}
