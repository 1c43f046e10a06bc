package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.instance.DataFolder;
import io.eventpipeline.standalone.instance.PipelineException;
import io.eventpipeline.standalone.instance.RunFile;
import io.eventpipeline.standalone.instance.RunningInstance;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./pipeline reset}: deletes the data, after asking. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = "Deletes all data: topics, tables, state stores, logs.")
final class ResetCommand implements Callable<Integer> {

    @Mixin private InstanceOptions instance = new InstanceOptions();

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    /** Needed by picocli. */
    ResetCommand() {}

    @Override
    public Integer call() {
        DataFolder data = instance.data();
        if (new RunningInstance(data).isRunning()) {
            throw new PipelineException(
                    "The pipeline is running: stop it with ./pipeline down, then reset it.");
        }
        if (!Files.exists(data.root())) {
            System.out.println("There is no data.");
            return 0;
        }
        if (!yes && !Terminal.agreesTo("Delete all data in " + data.root() + "?")) {
            System.out.println("Nothing was deleted.");
            return 1;
        }
        // Nobody may start on what is being deleted.
        try (RunFile _ = RunFile.acquire(data)) {
            data.delete();
        }
        System.out.println("Deleted the data in " + data.root() + ".");
        return 0;
    }
}
