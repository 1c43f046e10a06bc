package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.load.Endpoint;
import io.eventpipeline.benchmarks.load.HttpLoad;
import io.eventpipeline.benchmarks.load.LoadResult;
import io.eventpipeline.benchmarks.load.ProcessCpu;
import io.eventpipeline.benchmarks.load.RandomValues;
import io.eventpipeline.benchmarks.load.StreamLoad;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.benchmarks.processes.HttpTarget;
import io.eventpipeline.benchmarks.processes.ProducerTest;
import io.eventpipeline.benchmarks.report.Measurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rounds of measurements in which the targets take turns, so that whatever else the machine does
 * meets all of them alike. The order turns around each round. After each measurement the broker is
 * asked whether it holds what was acknowledged.
 */
final class LoadRun {

    private static final Duration LEAD_IN = Duration.ofSeconds(2);
    private static final long FIRST_GUESS_PER_SECOND = 200_000;

    private final BenchmarkBroker broker;
    private final List<HttpTarget> targets;
    private final Endpoint stream;
    private final ProducerTest producerTest;
    private final LoadSettings settings;
    private final PrintWriter out;
    private long ceilingPerSecond = FIRST_GUESS_PER_SECOND;
    private long seed;

    /**
     * A run over what has been started.
     *
     * @param targets the HTTP endpoints; the first is the one to compare with the others
     * @param stream the door of the first that takes streams
     */
    LoadRun(
            BenchmarkBroker broker,
            List<HttpTarget> targets,
            Endpoint stream,
            ProducerTest producerTest,
            LoadSettings settings,
            PrintWriter out) {
        this.broker = broker;
        this.targets = List.copyOf(targets);
        this.stream = stream;
        this.producerTest = producerTest;
        this.settings = settings;
        this.out = out;
    }

    /** Warms all up, then measures round by round. */
    List<List<Measurement>> run() {
        say("Warming up");
        round(0, settings.warmUp());
        List<List<Measurement>> rounds = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            say("Round " + round + " of " + settings.rounds());
            rounds.add(round(round, settings.measured()));
        }
        return rounds;
    }

    private List<Measurement> round(int round, Duration measured) {
        List<Measurement> measurements = new ArrayList<>();
        for (Scenario scenario : settings.scenarios()) {
            if (scenario.isRequests()) {
                measurements.addAll(requests(scenario, round, measured));
            } else {
                measurements.add(
                        scenario == Scenario.STREAM ? stream(measured) : producer(measured));
            }
        }
        return measurements;
    }

    private List<Measurement> requests(Scenario scenario, int round, Duration measured) {
        List<HttpTarget> able =
                targets.stream()
                        .filter(target ->
                                scenario.records() == 1 || target.endpoint().body().repeats())
                        .toList();
        boolean backwards = round % 2 == 0;
        List<Measurement> measurements =
                (backwards ? able.reversed() : able)
                        .stream().map(target -> requests(scenario, target, measured)).toList();
        return backwards ? measurements.reversed() : measurements;
    }

    private Measurement requests(Scenario scenario, HttpTarget target, Duration measured) {
        HttpLoad load =
                new HttpLoad(
                        target.endpoint(),
                        scenario.connections(),
                        scenario.records(),
                        values(),
                        processes(target));
        boolean stores = !target.endpoint().receipt().isEmpty();
        Measurement measurement =
                measure(scenario, target.name(), stores, () -> load.run(LEAD_IN, measured));
        if (!load.firstFailure().isEmpty()) {
            say("  the first failure: " + load.firstFailure());
        }
        return measurement;
    }

    private Measurement stream(Duration measured) {
        StreamLoad load = new StreamLoad(stream, values(), processes(targets.getFirst()));
        return measure(
                Scenario.STREAM,
                stream.name() + ", one NDJSON request",
                true,
                () -> load.run(LEAD_IN, measured));
    }

    private Measurement producer(Duration measured) {
        long warmUp = ceilingPerSecond * LEAD_IN.toSeconds();
        long records = ceilingPerSecond * measured.toSeconds();
        Measurement measurement =
                measure(
                        Scenario.PRODUCER,
                        "Kafka's producer test",
                        true,
                        () ->
                                producerTest.run(
                                        warmUp,
                                        records,
                                        new ProcessCpu(Map.of("broker", broker.pid()))));
        ceilingPerSecond = (long) measurement.recordsPerSecond();
        return measurement;
    }

    private interface Load {
        LoadResult run() throws IOException;
    }

    private Measurement measure(Scenario scenario, String target, boolean stores, Load load) {
        long before = broker.storedRecords();
        LoadResult result;
        try {
            result = load.run();
        } catch (IOException e) {
            throw new BenchmarkException(target + ": " + e.getMessage(), e);
        }
        long stored = broker.storedRecords() - before;
        if (stores && stored < result.acknowledged()) {
            throw new BenchmarkException(
                    "%s acknowledged %d records, and the broker holds %d of them"
                            .formatted(target, result.acknowledged(), stored));
        }
        Measurement measurement = Measurement.of(scenario.title(), target, result);
        say(
                "  %-28s %-38s %,10.0f records/s  p99 %7.1f ms"
                        .formatted(
                                measurement.scenario(),
                                measurement.target(),
                                measurement.recordsPerSecond(),
                                measurement.p99Millis()));
        return measurement;
    }

    private ProcessCpu processes(HttpTarget target) {
        Map<String, Long> processes = new LinkedHashMap<>();
        target.pid().ifPresent(pid -> processes.put("server", pid));
        processes.put("broker", broker.pid());
        processes.put("load", ProcessHandle.current().pid());
        return new ProcessCpu(processes);
    }

    private RandomValues values() {
        return new RandomValues(settings.valueBytes(), ++seed);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
