package io.eventpipeline.benchmarks.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.benchmarks.consuming.EventSender;
import io.eventpipeline.benchmarks.consuming.Waiting;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.benchmarks.processes.ServiceProcess;
import io.eventpipeline.model.topic.PipelineTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two instances of streams-service with many addresses, and how long it takes until one of them
 * answers for every partition as the active one.
 */
public final class RestoreRun implements AutoCloseable {

    private static final String APPLICATION_ID = "streams-dev";
    private static final String STORE = "addresses";
    private static final PipelineTopic ADDRESSES = PipelineTopic.ADDRESS_CHANGED;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final double NANOS_PER_SECOND = 1e9;

    /** A marker or two: a standby has no word for "all". */
    private static final long CAUGHT_UP = 10;

    private final Path jar;
    private final List<String> jvmOptions;
    private final String bootstrapServers;
    private final List<String> settings;
    private final Path folder;
    private final int keys;
    private final GroupOffsets offsets;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, ServiceProcess> running = new LinkedHashMap<>();
    private int starts;

    /**
     * Of a packed service.
     *
     * @param keys how many customers have an address
     */
    public RestoreRun(
            Path jar,
            List<String> jvmOptions,
            String bootstrapServers,
            List<String> settings,
            Path folder,
            int keys) {
        this.jar = jar;
        this.jvmOptions = jvmOptions;
        this.bootstrapServers = bootstrapServers;
        this.settings = settings;
        this.folder = folder;
        this.keys = keys;
        offsets = new GroupOffsets(bootstrapServers, APPLICATION_ID, List.of(ADDRESSES));
    }

    /** Starts an instance that does not run, with the state that it left, and waits for it. */
    public void start(String instance) {
        launch(instance).awaitReady(_ -> true);
    }

    /** Sends all addresses. */
    public void fill() {
        try (EventSender sender = new EventSender(bootstrapServers)) {
            for (int i = 0; i < keys; i++) {
                ShipmentsWorkload.send(sender, ADDRESSES, ShipmentsWorkload.address(customer(i)));
            }
        }
    }

    /** Waits until all is read, and each partition has a second copy that is complete. */
    public void awaitStandbys() {
        await(
                "standbys catch up",
                () -> {
                    if (offsets.committed() < offsets.end()) {
                        return false;
                    }
                    List<Long> remaining = new ArrayList<>();
                    for (ServiceProcess instance : running.values()) {
                        JsonNode streams =
                                JsonMapper.shared().readTree(instance.get("/actuator/streams"));
                        for (JsonNode standby : streams.path("standbys")) {
                            if (standby.path("store").asString("").equals(STORE)) {
                                remaining.add(standby.path("remaining").asLong(-1));
                            }
                        }
                    }
                    return remaining.size() == EventSender.TOPICS.get(ADDRESSES).partitions()
                            && remaining.stream().allMatch(left -> left >= 0 && left <= CAUGHT_UP);
                });
    }

    /** Kills one and says in how many seconds the other answers for all that it had. */
    public double secondsAfterKillOf(String instance, String other) {
        long begin = System.nanoTime();
        remove(instance).close();
        return secondsUntilAnswered(running(other), begin);
    }

    /** Starts one and says in how many seconds it answers for all partitions. */
    public double secondsAfterStartOf(String instance) {
        long begin = System.nanoTime();
        return secondsUntilAnswered(launch(instance), begin);
    }

    /** Ends one in order, so that its state stays what it is. */
    public void stop(String instance) {
        remove(instance).stop();
    }

    /** Kills one and waits until its group knows. */
    public void kill(String instance) {
        remove(instance).close();
        await("the group notices", () -> !offsets.hasMembers());
    }

    /** Deletes the state of one that does not run. */
    public void deleteState(String instance) {
        try (Stream<Path> files = Files.walk(state(instance))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new BenchmarkException(state(instance) + " could not be deleted", e);
        }
    }

    private double secondsUntilAnswered(ServiceProcess instance, long begin) {
        List<String> questions =
                new ArrayList<>(
                        oneOfEachPartition().stream()
                                .map(customer -> "/customers/" + customer + "/address")
                                .toList());
        await(
                "all partitions answer",
                () -> {
                    questions.removeIf(instance::answers);
                    return questions.isEmpty();
                });
        return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }

    private Collection<String> oneOfEachPartition() {
        int partitions = EventSender.TOPICS.get(ADDRESSES).partitions();
        Map<Integer, String> found = new HashMap<>();
        for (int i = 0; i < keys && found.size() < partitions; i++) {
            found.putIfAbsent(
                    BuiltInPartitioner.partitionForKey(customer(i).getBytes(UTF_8), partitions),
                    customer(i));
        }
        return found.values();
    }

    private static String customer(int number) {
        return "customer-" + number;
    }

    private ServiceProcess launch(String instance) {
        starts++;
        List<String> all = new ArrayList<>(settings);
        all.add("pipeline.streams.state-dir=" + state(instance));
        ServiceProcess process =
                ServiceProcess.ofJar(
                        "streams-" + instance + "-" + starts,
                        jar,
                        ports.computeIfAbsent(instance, _ -> ServiceProcess.freePort()),
                        jvmOptions,
                        bootstrapServers,
                        all,
                        folder);
        running.put(instance, process);
        return process;
    }

    private Path state(String instance) {
        return folder.resolve("state-" + instance);
    }

    private ServiceProcess running(String instance) {
        return required(instance, running.get(instance));
    }

    private ServiceProcess remove(String instance) {
        return required(instance, running.remove(instance));
    }

    private static ServiceProcess required(String instance, @Nullable ServiceProcess process) {
        if (process == null) {
            throw new IllegalStateException(instance + " does not run");
        }
        return process;
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new BenchmarkException("waited in vain until " + what);
            }
            Waiting.pause(LOOK);
        }
    }

    @Override
    public void close() {
        running.values().forEach(ServiceProcess::close);
        offsets.close();
    }
}
