package io.eventpipeline.standalone.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The instance on a data folder, seen from another process. */
public final class RunningInstance {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final DataFolder data;

    /**
     * Looks at a folder.
     *
     * @param data the instance's folder
     */
    public RunningInstance(DataFolder data) {
        this.data = data;
    }

    /**
     * One process of the instance.
     *
     * @param name such as {@code broker-1} or {@code producer-service}
     * @param state {@code running}, {@code dead}, or a service's health
     * @param pid its process number; 0 if it does not run
     * @param residentBytes its memory, children included; 0 where that is not known
     * @param well whether it is as it should be
     */
    public record Part(String name, String state, long pid, long residentBytes, boolean well) {}

    /** Whether a supervisor holds the folder. */
    public boolean isRunning() {
        return RunFile.isLocked(data);
    }

    /**
     * Every process that should run.
     *
     * @param brokers how many brokers there are
     * @param services the services
     */
    public List<Part> parts(int brokers, List<ServiceDefinition> services) {
        Map<String, ProcessHandle> living =
                RunFile.read(data).map(RunFile.Snapshot::processes).orElse(Map.of());
        ServiceHealth health = new ServiceHealth();
        Map<String, @Nullable ServiceDefinition> expected = new LinkedHashMap<>();
        expected.put("supervisor", null);
        for (int id = 1; id <= brokers; id++) {
            expected.put("broker-" + id, null);
        }
        expected.put("postgresql", null);
        services.forEach(service -> expected.put(service.name(), service));
        List<Part> parts = new ArrayList<>();
        expected.forEach(
                (name, service) -> parts.add(part(name, living.get(name), service, health)));
        return parts;
    }

    /**
     * Waits until a service is ready.
     *
     * @return whether it is in time
     */
    public boolean awaitReady(ServiceDefinition service, Duration timeout) {
        ServiceHealth health = new ServiceHealth();
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!health.isReady(service)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Supervisor.pause();
        }
        return true;
    }

    private static Part part(
            String name,
            @Nullable ProcessHandle process,
            @Nullable ServiceDefinition service,
            ServiceHealth health) {
        if (process == null) {
            return new Part(name, "dead", 0, 0, false);
        }
        String state = service == null ? "running" : health.status(service);
        // A failed connector or a paused listener is degraded, not broken.
        boolean well = List.of("running", "UP", "DEGRADED").contains(state);
        boolean withChildren = !name.equals("supervisor");
        return new Part(name, state, process.pid(), residentBytes(process, withChildren), well);
    }

    /**
     * Stops the instance in order, or what is left of one whose supervisor is gone.
     *
     * @param narrator who tells the user
     * @throws PipelineException if nothing runs
     */
    public void stop(Narrator narrator) {
        RunFile.Snapshot snapshot = RunFile.read(data).orElse(null);
        if (!isRunning()) {
            int killed = snapshot == null ? 0 : killLeftovers(snapshot);
            if (killed == 0) {
                throw new PipelineException("The pipeline is not running.");
            }
            narrator.say("Killed %d processes of an instance that had died.".formatted(killed));
            return;
        }
        ProcessHandle supervisor = snapshot == null ? null : snapshot.supervisor().orElse(null);
        if (supervisor == null) {
            throw new PipelineException(
                    "Something holds %s, but it is not known which process: stop it by hand."
                            .formatted(data.run().resolve("lock")));
        }
        narrator.say("Stopping the pipeline.");
        supervisor.destroy();
        if (!awaitEnd(supervisor)) {
            // The children end with it.
            supervisor.destroyForcibly();
            narrator.say(
                    "It did not stop within %d s and was killed."
                            .formatted(STOP_TIMEOUT.toSeconds()));
        }
        narrator.say("Stopped; the data stays in " + data.root() + ".");
    }

    private static boolean awaitEnd(ProcessHandle process) {
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static int killLeftovers(RunFile.Snapshot snapshot) {
        List<ProcessHandle> left =
                snapshot.processes().values().stream()
                        .flatMap(
                                process -> Stream.concat(process.descendants(), Stream.of(process)))
                        .filter(ProcessHandle::isAlive)
                        .toList();
        left.forEach(ProcessHandle::destroyForcibly);
        return left.size();
    }

    private static long residentBytes(ProcessHandle process, boolean withChildren) {
        Stream<ProcessHandle> all =
                withChildren
                        ? Stream.concat(Stream.of(process), process.descendants())
                        : Stream.of(process);
        return all.mapToLong(one -> residentBytes(one.pid())).sum();
    }

    /** What the process holds alone plus its share of what several hold; Linux only. */
    private static long residentBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
