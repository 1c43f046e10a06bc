package io.eventpipeline.standalone.cli;

import io.eventpipeline.localcluster.LocalClusterException;
import io.eventpipeline.standalone.instance.PipelineException;
import io.eventpipeline.standalone.traffic.TrafficException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code ./pipeline}: the commands and their common behaviour. An expected failure is one line on
 * standard error and exit status 1; a wrong command line is status 2.
 */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "Event Pipeline on this machine, without Docker.",
        versionProvider = PipelineCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DownCommand.class,
            ResetCommand.class,
            DemoCommand.class,
            SmokeCommand.class,
            VerifyProduceCommand.class,
            VerifyConsumeCommand.class,
            PerfProduceCommand.class,
            TopicsCommand.class,
            StreamsCommand.class
        })
public final class PipelineCommand {

    private static final int FAILED = 1;

    /** Needed by picocli. */
    PipelineCommand() {}

    /** Runs one command; the exit status says how it went. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new PipelineCommand())
                .setExecutionExceptionHandler(PipelineCommand::explain)
                .setUsageHelpAutoWidth(true);
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        switch (failure) {
            case PipelineException _, LocalClusterException _ -> err.println(failure.getMessage());
            case TrafficException _ -> err.println("Failed: " + failure.getMessage());
            default -> {
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                err.println(trace);
            }
        }
        err.flush();
        return FAILED;
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = PipelineCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "Event Pipeline " + (version == null ? "(not packaged)" : version)
            };
        }
    }
}
