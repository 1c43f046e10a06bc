package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.localcluster.LocalClusterException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code benchmarks/run}: the commands. An expected failure is one line on standard error and exit
 * status 1.
 */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description =
                "Measures producer-, consumer-, streams- and connect-service on a real broker.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LoadCommand.class,
            HeapCommand.class,
            ConsumeCommand.class,
            ParallelCommand.class,
            RebalanceCommand.class,
            PoisonCommand.class,
            StreamsCommand.class,
            RestoreCommand.class,
            ConnectCommand.class
        })
public final class BenchmarkCommand {

    private static final int FAILED = 1;

    /** Needed by picocli. */
    BenchmarkCommand() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new BenchmarkCommand())
                        .setExecutionExceptionHandler(BenchmarkCommand::explain)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        // An endpoint may begin with @.
                        .setExpandAtFiles(false)
                        .setUsageHelpAutoWidth(true)
                        .execute(arguments));
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        switch (failure) {
            case BenchmarkException _, LocalClusterException _ -> err.println(failure.getMessage());
            default -> failure.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }
}
