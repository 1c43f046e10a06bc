package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.LocalClusterException;
import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.bootjar.UnpackedJar;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The services of an instance as processes, each started from its unpacked jar, and started again
 * when it has died. Safe for use by several threads; {@link #stop} may come at any moment.
 */
final class ServiceProcesses {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final DataFolder data;
    private final Narrator narrator;
    private final ServiceStart start;
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, LocalProcess> processes = new LinkedHashMap<>();
    private final Restarts restarts = new Restarts(InstantSource.system());
    private final Set<String> held = new HashSet<>();
    private boolean stopping;

    ServiceProcesses(DataFolder data, Duration startTimeout, Narrator narrator) {
        this.data = data;
        this.narrator = narrator;
        start = new ServiceStart(startTimeout);
    }

    /**
     * A service that can be started.
     *
     * @param definition how it is run
     * @param jar what of
     */
    record Service(ServiceDefinition definition, UnpackedJar jar) {}

    /** Gets a service ready to be started. */
    Service unpack(ServiceDefinition definition) {
        return new Service(definition, UnpackedJar.of(definition.jar()));
    }

    /**
     * Starts a service and returns when it is ready.
     *
     * @throws PipelineException if it does not start, or is stopped
     */
    void start(RunFile run, Service service) {
        long began = System.nanoTime();
        ServiceDefinition definition = service.definition();
        narrator.await(definition.name());
        LocalProcess process = ServiceStart.process(definition, service.jar(), data);
        synchronized (this) {
            requireNotStopping();
            services.put(definition.name(), service);
            processes.put(definition.name(), process);
            process.start();
        }
        run.put(definition.name(), process.pid());
        start.awaitReady(definition, process, this::requireNotStopping);
        narrator.ready(
                definition.name(),
                "on http://localhost:" + definition.ports().getFirst(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    /** All that were started, in the order of their starts. */
    synchronized List<Service> started() {
        return List.copyOf(services.values());
    }

    /**
     * Says how each service ended that has died since, and starts it again unless it keeps dying;
     * stops what is held, and starts it when it is not held any more. For one thread.
     */
    void look(RunFile run, DeathReport deaths) {
        for (Service service : started()) {
            LocalProcess process = process(service);
            if (ServiceHold.isHeld(data, process.name())) {
                hold(process);
                // Its end was asked for.
                deaths.isNew(process);
            } else if (held.remove(process.name())) {
                Thread.ofVirtual().start(() -> startAgain(run, service));
            } else if (deaths.isNew(process)) {
                boolean again = restarts.allowed(process.name());
                deaths.say(process, again);
                if (again) {
                    Thread.ofVirtual().start(() -> startAgain(run, service));
                }
            }
        }
    }

    private void hold(LocalProcess process) {
        if (held.add(process.name())) {
            narrator.say("Another command has %s stopped for a while.".formatted(process.name()));
        }
        if (process.isAlive()) {
            stop(process);
        }
    }

    private void startAgain(RunFile run, Service service) {
        try {
            start(run, service);
        } catch (PipelineException e) {
            // Of its end the next look tells.
            if (process(service).isAlive() && !isStopping()) {
                narrator.say(String.valueOf(e.getMessage()));
            }
        }
    }

    private synchronized LocalProcess process(Service service) {
        return Objects.requireNonNull(processes.get(service.definition().name()));
    }

    /** Stops all at once, each within a bound; nothing is started after that. */
    void stop() {
        List<LocalProcess> running;
        synchronized (this) {
            stopping = true;
            running = processes.values().stream().filter(LocalProcess::isAlive).toList();
        }
        if (running.isEmpty()) {
            return;
        }
        narrator.say(
                "  stopping "
                        + String.join(", ", running.stream().map(LocalProcess::name).toList()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (LocalProcess process : running) {
                var _ = threads.submit(() -> stop(process));
            }
        }
    }

    private void stop(LocalProcess process) {
        try {
            if (!process.stop(STOP_TIMEOUT)) {
                narrator.say(
                        "  %s did not end within %d s and was killed"
                                .formatted(process.name(), STOP_TIMEOUT.toSeconds()));
            }
        } catch (LocalClusterException e) {
            narrator.say("  " + e.getMessage());
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized void requireNotStopping() {
        if (stopping) {
            throw new PipelineException(Supervisor.STOPPED_EARLY);
        }
    }
}
