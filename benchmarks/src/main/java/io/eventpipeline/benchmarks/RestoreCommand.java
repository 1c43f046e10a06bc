package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.report.Figures;
import io.eventpipeline.benchmarks.streaming.RestoreRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run restore}: how long state is away. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Kills an instance of streams-service that has a standby, and starts one without"
                        + " its state and with it: how long until every partition is answered for.")
final class RestoreCommand implements Callable<Integer> {

    private static final String FIRST = "a";
    private static final String SECOND = "b";
    private static final String FIGURE = "answers after s";

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--keys",
            defaultValue = "1000000",
            description = "how many addresses there are; ${DEFAULT-VALUE} if not given")
    private int keys;

    @Spec private CommandSpec command = CommandSpec.create();

    /** Needed by picocli. */
    RestoreCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Path folder = run.folder();
        out.println("Logs and results are in " + folder);
        out.flush();
        List<String> settings =
                new ArrayList<>(List.of("spring.kafka.streams.properties.num.standby.replicas=1"));
        settings.addAll(run.settings());
        List<List<Figures>> rounds = new ArrayList<>();
        try (BenchmarkBroker broker = BenchmarkBroker.start(folder);
                RestoreRun restore =
                        new RestoreRun(
                                run.jar("streams-service"),
                                run.jvmOptions(),
                                broker.bootstrapServers(),
                                settings,
                                folder,
                                keys)) {
            restore.start(FIRST);
            restore.fill();
            for (int round = 1; round <= run.rounds(); round++) {
                out.println("Round " + round + " of " + run.rounds());
                List<Figures> measured = measure(restore);
                measured.forEach(each -> out.println("  " + each.what() + " " + each.figures()));
                out.flush();
                rounds.add(measured);
            }
        }
        RunOptions.report(settings(), rounds, folder.resolve("restore.json"), out);
        return 0;
    }

    /** From one instance that runs to one that runs. */
    private static List<Figures> measure(RestoreRun restore) {
        List<Figures> measured = new ArrayList<>();
        restore.start(SECOND);
        restore.awaitStandbys();
        measured.add(figures("killed, with a standby", restore.secondsAfterKillOf(FIRST, SECOND)));
        restore.kill(SECOND);
        restore.deleteState(FIRST);
        measured.add(
                figures(
                        "started without standby, state folder empty",
                        restore.secondsAfterStartOf(FIRST)));
        restore.stop(FIRST);
        measured.add(
                figures(
                        "started without standby, state folder kept",
                        restore.secondsAfterStartOf(FIRST)));
        return measured;
    }

    private static Figures figures(String what, double seconds) {
        return new Figures(what, Map.of(FIGURE, seconds));
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("keys", keys);
        settings.put("rounds", run.rounds());
        settings.put("jvmOptions", run.jvmOptions());
        settings.put("serviceSettings", run.settings());
        return settings;
    }
}
