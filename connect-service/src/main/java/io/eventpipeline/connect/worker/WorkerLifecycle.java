package io.eventpipeline.connect.worker;

import io.eventpipeline.connect.safety.ConnectorRules;
import io.eventpipeline.connect.safety.Secrets;
import io.eventpipeline.connect.worker.WorkerStatus.State;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.eventpipeline.starter.topics.TopicProvisioning;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps one worker alive from the service's start to its stop.
 *
 * <p>A thread of its own waits for the brokers and the topics, starts the worker, watches it, and
 * starts it anew should it end by itself; the service's start waits for none of this, and its
 * readiness tells how far it is. The stop is bounded, at every stage and whether the brokers answer
 * or not.
 *
 * <p>The fields that others read are volatile; only the keeper's thread writes the status while the
 * service runs.
 */
final class WorkerLifecycle implements SmartLifecycle, WorkerAccess {

    private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration STOP_WITHOUT_BROKERS = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final KafkaAvailability brokers;
    private final TopicProvisioning topics;
    private final WorkerSettings settings;
    private final ConnectorRules rules;
    private final Secrets secrets;
    private final PluginFolders plugins;

    private volatile WorkerStatus status =
            new WorkerStatus(State.WAITING_FOR_BROKERS, "The service is starting");
    private volatile @Nullable ConnectWorker worker;
    private volatile @Nullable Thread keeper;
    private volatile boolean stopping;

    WorkerLifecycle(
            KafkaAvailability brokers,
            TopicProvisioning topics,
            WorkerSettings settings,
            ConnectorRules rules,
            Secrets secrets,
            PluginFolders plugins) {
        this.brokers = brokers;
        this.topics = topics;
        this.settings = settings;
        this.rules = rules;
        this.secrets = secrets;
        this.plugins = plugins;
    }

    @Override
    public void start() {
        // Kafka ends the process where a worker fails; this service starts the worker again.
        Exit.setExitProcedure((code, message) -> {
            throw new IllegalStateException(
                    "The worker wanted to end the process with the code " + code);
        });
        plugins.withoutManifest()
                .forEach(folder ->
                        log.warn(
                                "No jar in the plugin folder {} has a manifest, so its"
                                        + " plugins may not be found. Set"
                                        + " pipeline.connect.plugin-discovery=hybrid_warn, or"
                                        + " let Kafka's connect-plugin-path.sh sync-manifests"
                                        + " write one",
                                folder));
        stopping = false;
        keeper = Thread.ofPlatform().name("connect-keeper").start(this::keep);
    }

    private void keep() {
        try {
            while (!stopping) {
                try {
                    awaitBrokers();
                    live();
                } catch (RuntimeException e) {
                    if (!stopping) {
                        fail(e);
                    }
                }
            }
        } catch (InterruptedException e) {
            log.debug("The keeper was told to end", e);
        }
    }

    private void awaitBrokers() throws InterruptedException {
        while (!brokers.isAvailable() || !topics.isDone()) {
            status =
                    new WorkerStatus(
                            State.WAITING_FOR_BROKERS,
                            brokers.reason().orElse("The topics do not exist yet")
                                    + "; the worker starts when it can");
            Thread.sleep(LOOK);
        }
    }

    /** One life of the worker, from its start to its end. */
    private void live() throws InterruptedException {
        status =
                new WorkerStatus(State.STARTING, "The worker reads its topics and joins its group");
        long started = System.nanoTime();
        ConnectWorker current = ConnectWorker.start(settings.toMap(), rules, secrets);
        worker = current;
        try {
            while (!stopping && !current.awaitEnd(LOOK)) {
                if (!status.isRunning() && current.isReady()) {
                    status = new WorkerStatus(State.RUNNING, "The worker is a member of its group");
                    log.info(
                            "The worker {} is ready after {} ms; its REST API is at {}",
                            current.running().id(),
                            Duration.ofNanos(System.nanoTime() - started).toMillis(),
                            current.running().localUrl());
                }
            }
        } finally {
            if (!stopping) {
                worker = null;
                current.stop(settings.connect().stopTimeout());
            }
        }
        if (!stopping) {
            throw new IllegalStateException("The worker ended by itself");
        }
    }

    private void fail(RuntimeException failure) throws InterruptedException {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        status =
                new WorkerStatus(
                        State.FAILED,
                        "%s: %s; it is started again".formatted(failure.getMessage(), cause));
        log.error(
                "The worker failed and is started again in {} s",
                PAUSE_AFTER_FAILURE.toSeconds(),
                failure);
        Thread.sleep(PAUSE_AFTER_FAILURE);
    }

    @Override
    public void stop(Runnable callback) {
        Thread.ofPlatform()
                .daemon()
                .name("connect-stop")
                .start(() -> {
                    try {
                        stop();
                    } finally {
                        callback.run();
                    }
                });
    }

    @Override
    public void stop() {
        stopping = true;
        status = new WorkerStatus(State.STOPPED, "The service is being stopped");
        Thread current = keeper;
        if (current != null) {
            current.interrupt();
            long started = System.nanoTime();
            boolean clean = stopWorker(current);
            long passed = Duration.ofNanos(System.nanoTime() - started).toMillis();
            if (clean) {
                log.info("The worker stopped in {} ms", passed);
            } else {
                UnfinishedStop.remember();
                log.warn("The worker was not done within {} ms and is given up", passed);
            }
        }
        keeper = null;
    }

    private boolean stopWorker(Thread current) {
        try {
            Duration bound = stopBound();
            Instant end = Instant.now().plus(bound);
            boolean ended = current.join(bound);
            ConnectWorker running = worker;
            worker = null;
            return running == null ? ended : running.stop(Duration.between(Instant.now(), end));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration stopBound() {
        Duration bound = settings.connect().stopTimeout();
        // Nothing can be committed then, and Kafka Connect would wait until it can.
        return brokers.isAvailable() || bound.compareTo(STOP_WITHOUT_BROKERS) < 0
                ? bound
                : STOP_WITHOUT_BROKERS;
    }

    @Override
    public boolean isRunning() {
        return keeper != null;
    }

    @Override
    public WorkerStatus status() {
        return status;
    }

    @Override
    public Optional<RunningWorker> running() {
        return status.isRunning()
                ? Optional.ofNullable(worker).map(ConnectWorker::running)
                : Optional.empty();
    }
}
