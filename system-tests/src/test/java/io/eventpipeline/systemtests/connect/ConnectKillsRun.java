package io.eventpipeline.systemtests.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.systemtests.services.ConnectPipeline;
import io.eventpipeline.systemtests.services.ConnectPipeline.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Sources and sinks over two workers, which are killed and stopped while lines are fed. */
public final class ConnectKillsRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final ConnectPipeline pipeline;
    private final List<Path> ins;
    private final List<Path> outs;
    private final String topic;
    private final LineFeeder feeder;

    /**
     * Prepares a run.
     *
     * @param pairs how many sources, and how many sinks; each has one task
     */
    public ConnectKillsRun(ConnectPipeline pipeline, int pairs) throws IOException {
        this.pipeline = pipeline;
        this.ins = files("in-", pairs);
        this.outs = files("out-", pairs);
        this.topic = pipeline.topics().name(PipelineTopic.LOG_LINE);
        this.feeder = new LineFeeder(ins);
    }

    private List<Path> files(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> pipeline.files().resolve(name + i)).toList();
    }

    /** Makes the connectors, and returns when all tasks run and lines arrive. */
    public void begin() {
        for (int i = 0; i < ins.size(); i++) {
            configure("source-" + i, connector("FileStreamSource", "topic", topic, ins.get(i)));
            configure("sink-" + i, connector("FileStreamSink", "topics", topic, outs.get(i)));
        }
        feeder.start();
        awaitTasks();
        await("lines to arrive")
                .atMost(PATIENCE)
                .until(() -> outs.stream().allMatch(ConnectKillsRun::hasLines));
    }

    private void configure(String name, Map<String, String> config) {
        await(name + " to be taken")
                .atMost(PATIENCE)
                .until(() -> new ConnectRest(worker(0)).configure(name, config));
    }

    private static Map<String, String> connector(
            String type, String topics, String topic, Path file) {
        return Map.of(
                "connector.class",
                type,
                "tasks.max",
                "1",
                topics,
                topic,
                "file",
                file.toString(),
                "value.converter",
                "org.apache.kafka.connect.storage.StringConverter");
    }

    private static boolean hasLines(Path file) {
        try {
            return !LineReader.in(file).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills a worker (SIGKILL) and starts it again at once. */
    public void killAndRestart(int number) {
        worker(number).process().kill();
        feeder.feed();
        worker(number).process().launch();
        worker(number).process().awaitReady();
        awaitTasks();
    }

    /** Stops feeding; checks that nothing was lost, and no source doubled anything. */
    public void verify() throws IOException {
        feeder.close();
        awaitAllLines();
        checkTopic();
        assertThat(new ConnectRest(worker(0)).connectors())
                .isEqualTo(new ConnectRest(worker(1)).connectors())
                .hasSize(ins.size() + outs.size());
    }

    /** Stops a worker cleanly, so that the other takes its tasks; nothing may be doubled by it. */
    public void stopCleanlyAndVerify() throws IOException {
        Map<Path, Integer> doubled = settledDoubled();
        worker(0).process().stop();
        feeder.feed();
        await("all tasks on the other worker")
                .atMost(PATIENCE)
                .until(() -> {
                    var running = new ConnectRest(worker(1)).runningTasks();
                    return running.size() == tasks()
                            && running.stream()
                                    .allMatch(task -> task.endsWith("=" + worker(1).id()));
                });
        feeder.feed();
        awaitAllLines();
        checkTopic();
        assertThat(settledDoubled()).as("doubled by the clean stop").isEqualTo(doubled);
    }

    private void awaitTasks() {
        await("all tasks to run")
                .atMost(PATIENCE)
                .until(() ->
                        pipeline.workers().stream()
                                .allMatch(worker ->
                                        new ConnectRest(worker).runningTasks().size() == tasks()));
    }

    private void awaitAllLines() {
        List<String> fed = feeder.fed();
        await("every sink to have every line")
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    for (Path out : outs) {
                        assertThat(new HashSet<>(LineReader.in(out)))
                                .as(out.getFileName().toString())
                                .containsAll(fed);
                    }
                });
    }

    private void checkTopic() {
        assertThat(sorted(LineReader.committed(pipeline.kafka().bootstrapServers(), topic)))
                .as("committed records")
                .isEqualTo(sorted(feeder.fed()));
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    /** What was written again after the kills, once no more comes. */
    private Map<Path, Integer> settledDoubled() {
        AtomicReference<Map<Path, Integer>> last = new AtomicReference<>(Map.of());
        await("sinks to have caught up")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    Map<Path, Integer> now = doubled();
                    return now.equals(last.getAndSet(now));
                });
        return last.get();
    }

    private Map<Path, Integer> doubled() throws IOException {
        Map<Path, Integer> doubled = new HashMap<>();
        for (Path out : outs) {
            List<String> lines = LineReader.in(out);
            doubled.put(out, lines.size() - new HashSet<>(lines).size());
        }
        return doubled;
    }

    private int tasks() {
        return ins.size() + outs.size();
    }

    private Worker worker(int number) {
        return pipeline.workers().get(number);
    }

    @Override
    public void close() {
        feeder.close();
    }
}
