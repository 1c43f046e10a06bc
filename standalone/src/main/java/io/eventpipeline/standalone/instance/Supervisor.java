package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.LocalBroker;
import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.localcluster.LocalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Starts brokers, database and services, watches them, starts a service again that has died, and
 * stops them in order: services first, so that they can finish what they hold, then the database,
 * the brokers last. All of them are child processes of this JVM and end with it in any case. {@link
 * #stop} may be called by another thread at any moment, also while {@link #start} runs.
 */
public final class Supervisor {

    static final String STOPPED_EARLY = "Stopped before everything was ready.";

    // Generous: a busy machine may be ten times slower than a quiet one.
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final DataFolder data;
    private final Ports ports;
    private final int brokers;
    private final List<ServiceDefinition> services;
    private final @Nullable Path brokerJars;
    private final Narrator narrator;
    private final ServiceProcesses processes;
    private final DeathReport deaths;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable LocalKafka kafka;
    private @Nullable LocalPostgres postgres;
    private @Nullable RunFile runFile;
    private @Nullable StartCaches caches;

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
        processes = new ServiceProcesses(data, START_TIMEOUT, narrator);
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
                // Unpacked while Kafka starts.
                CompletableFuture<ServiceProcesses.Service> unpacked =
                        CompletableFuture.supplyAsync(() -> processes.unpack(service), threads);
                all.add(
                        CompletableFuture.allOf(needed, unpacked)
                                .thenRunAsync(
                                        () -> processes.start(run, unpacked.join()), threads));
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

    /**
     * Returns when {@link #stop} was called. Until then, says so once when a child has died, starts
     * a service again that has, and makes the start caches that are missing.
     */
    public void watch() {
        makeCaches();
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                if (!stopping.get()) {
                    lookForTheDead();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeCaches() {
        StartCaches missing = new StartCaches(processes.started(), narrator);
        synchronized (this) {
            if (stopping.get()) {
                return;
            }
            caches = missing;
        }
        Thread.ofVirtual().start(missing::run);
    }

    private void lookForTheDead() {
        RunFile run;
        LocalKafka cluster;
        LocalPostgres database;
        synchronized (this) {
            run = runFile;
            cluster = kafka;
            database = postgres;
        }
        if (run != null) {
            processes.look(run, deaths);
        }
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
            StartCaches training;
            LocalPostgres database;
            LocalKafka cluster;
            synchronized (this) {
                run = runFile;
                training = caches;
                database = postgres;
                cluster = kafka;
            }
            if (run == null) {
                return;
            }
            run.state(RunFile.State.STOPPING);
            if (training != null) {
                training.stop();
            }
            processes.stop();
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

    private void awaitStopped() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireNotStopping() {
        if (stopping.get()) {
            throw new PipelineException(STOPPED_EARLY);
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
