package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.LocalBroker;
import io.eventpipeline.localcluster.LocalClusterException;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.localcluster.LocalPostgres;
import io.eventpipeline.localcluster.LocalProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Starts brokers, database and services, watches them, and stops them in order: services first, so
 * that they can finish what they hold, then the database, the brokers last. All of them are child
 * processes of this JVM and end with it in any case. {@link #stop} may be called by another thread
 * at any moment, also while {@link #start} runs.
 */
public final class Supervisor {

    // Generous: a busy machine may be ten times slower than a quiet one.
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration SERVICE_STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final DataFolder data;
    private final Ports ports;
    private final int brokers;
    private final List<ServiceDefinition> services;
    private final @Nullable Path brokerJars;
    private final Narrator narrator;
    private final ServiceStart serviceStart = new ServiceStart(START_TIMEOUT);
    private final Map<String, LocalProcess> processes = new LinkedHashMap<>();
    private final DeathReport deaths;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable LocalKafka kafka;
    private @Nullable LocalPostgres postgres;
    private @Nullable RunFile runFile;

    /**
     * Creates a supervisor.
     *
     * @param data where the instance keeps its data
     * @param ports where its parts listen
     * @param brokers 1 or 3
     * @param services the services to run
     * @param brokerJars the folder with the brokers' jars; this JVM's class path if null
     * @param narrator who tells the user
     */
    public Supervisor(
            DataFolder data,
            Ports ports,
            int brokers,
            List<ServiceDefinition> services,
            @Nullable Path brokerJars,
            Narrator narrator) {
        this.data = data;
        this.ports = ports;
        this.brokers = brokers;
        this.services = List.copyOf(services);
        this.brokerJars = brokerJars;
        this.narrator = narrator;
        deaths = new DeathReport(narrator);
    }

    /**
     * Starts everything and returns when all is ready.
     *
     * @throws PipelineException if something is in the way or does not start; all is stopped then
     */
    public void start() {
        RunFile acquired = RunFile.acquire(data);
        synchronized (this) {
            runFile = acquired;
        }
        try {
            Preflight.check(data, ports, brokers, services);
            data.prepare();
            startAll(acquired);
            acquired.state(RunFile.State.UP);
        } catch (PipelineException e) {
            narrator.gaveUp();
            stop();
            throw e;
        }
    }

    private void startAll(RunFile run) {
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> kafkaReady =
                    CompletableFuture.runAsync(() -> startKafka(run), threads);
            CompletableFuture<Void> postgresReady =
                    CompletableFuture.runAsync(() -> startPostgres(run), threads);
            List<CompletableFuture<Void>> all = new ArrayList<>(List.of(kafkaReady, postgresReady));
            for (ServiceDefinition service : services) {
                CompletableFuture<Void> needed =
                        service.needsDatabase()
                                ? CompletableFuture.allOf(kafkaReady, postgresReady)
                                : kafkaReady;
                all.add(needed.thenRunAsync(() -> startService(run, service), threads));
            }
            CompletableFuture<Void> ready =
                    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
            // The first failure ends the wait of all others.
            CompletableFuture<Void> failed = new CompletableFuture<>();
            for (CompletableFuture<Void> one : all) {
                var _ =
                        one.exceptionally(failure -> {
                            failed.completeExceptionally(failure);
                            stop();
                            throw new CompletionException(failure);
                        });
            }
            awaitTelling(CompletableFuture.anyOf(ready, failed), began);
        }
    }

    private void awaitTelling(CompletableFuture<?> outcome, long began) {
        while (!outcome.isDone()) {
            narrator.tick(Duration.ofNanos(System.nanoTime() - began));
            pause();
        }
        try {
            outcome.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof PipelineException known) {
                throw known;
            }
            throw new PipelineException(String.valueOf(cause.getMessage()), cause);
        }
    }

    private void startKafka(RunFile run) {
        long began = System.nanoTime();
        narrator.await("kafka");
        LocalKafka.Builder builder =
                LocalKafka.builder()
                        .brokers(brokers)
                        .ports(ports.brokers(brokers))
                        .dataFolder(data.kafka())
                        .logFolder(data.logs())
                        .startTimeout(START_TIMEOUT);
        if (brokerJars != null) {
            builder.jars(brokerJars);
        }
        LocalKafka started = builder.build();
        synchronized (this) {
            requireNotStopping();
            kafka = started;
        }
        started.start();
        if (stopping.get()) {
            started.close();
        }
        requireNotStopping();
        for (LocalBroker broker : started.brokers()) {
            run.put("broker-" + broker.id(), broker.pid());
        }
        narrator.ready("kafka", "on localhost:" + ports.kafka(), since(began));
    }

    private void startPostgres(RunFile run) {
        long began = System.nanoTime();
        narrator.await("postgresql");
        LocalPostgres started =
                LocalPostgres.builder()
                        .dataFolder(data.postgresql())
                        .port(ports.postgresql())
                        .logFile(data.log("postgresql"))
                        .startTimeout(START_TIMEOUT)
                        // So that the indexes which every row goes into stay in memory.
                        .setting("shared_buffers", "256MB")
                        .build();
        synchronized (this) {
            requireNotStopping();
            postgres = started;
        }
        started.start();
        if (stopping.get()) {
            started.close();
        }
        requireNotStopping();
        run.put("postgresql", started.pid());
        narrator.ready("postgresql", "on localhost:" + ports.postgresql(), since(began));
    }

    private void startService(RunFile run, ServiceDefinition service) {
        long began = System.nanoTime();
        narrator.await(service.name());
        LocalProcess process = ServiceStart.process(service, data);
        synchronized (this) {
            requireNotStopping();
            processes.put(service.name(), process);
            process.start();
        }
        run.put(service.name(), process.pid());
        serviceStart.awaitReady(service, process, this::requireNotStopping);
        narrator.ready(
                service.name(), "on http://localhost:" + service.ports().getFirst(), since(began));
    }

    /** Returns when {@link #stop} was called; until then, says so once when a child has died. */
    public void watch() {
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                if (!stopping.get()) {
                    reportTheDead();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportTheDead() {
        Map<String, LocalProcess> children;
        LocalKafka cluster;
        LocalPostgres database;
        synchronized (this) {
            children = Map.copyOf(processes);
            cluster = kafka;
            database = postgres;
        }
        children.values().forEach(deaths::look);
        if (cluster != null) {
            for (LocalBroker broker : cluster.brokers()) {
                deaths.look("broker-" + broker.id(), broker.isAlive(), broker.logFile());
            }
        }
        if (database != null) {
            deaths.look("postgresql", database.isAlive(), database.logFile());
        }
    }

    /** Stops everything in order; each step is bounded. Later calls wait for the first. */
    public void stop() {
        if (!stopping.compareAndSet(false, true)) {
            awaitStopped();
            return;
        }
        try {
            RunFile run;
            List<LocalProcess> running;
            LocalPostgres database;
            LocalKafka cluster;
            synchronized (this) {
                run = runFile;
                running = processes.values().stream().filter(LocalProcess::isAlive).toList();
                database = postgres;
                cluster = kafka;
            }
            if (run == null) {
                return;
            }
            run.state(RunFile.State.STOPPING);
            stopServices(running);
            if (database != null && database.isAlive()) {
                narrator.say("  stopping postgresql");
                database.stop();
            }
            if (cluster != null && cluster.brokers().stream().anyMatch(LocalBroker::isAlive)) {
                narrator.say("  stopping kafka");
                cluster.stop();
            }
            run.close();
        } finally {
            stopped.countDown();
        }
    }

    private void stopServices(List<LocalProcess> running) {
        if (running.isEmpty()) {
            return;
        }
        narrator.say(
                "  stopping "
                        + String.join(", ", running.stream().map(LocalProcess::name).toList()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (LocalProcess process : running) {
                var _ = threads.submit(() -> stopService(process));
            }
        }
    }

    private void stopService(LocalProcess process) {
        try {
            if (!process.stop(SERVICE_STOP_TIMEOUT)) {
                narrator.say(
                        "  %s did not end within %d s and was killed"
                                .formatted(process.name(), SERVICE_STOP_TIMEOUT.toSeconds()));
            }
        } catch (LocalClusterException e) {
            narrator.say("  " + e.getMessage());
        }
    }

    private void awaitStopped() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireNotStopping() {
        if (stopping.get()) {
            throw new PipelineException("Stopped before everything was ready.");
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("Interrupted.", e);
        }
    }
}
