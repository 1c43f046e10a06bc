package io.eventpipeline.streams.runtime;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/**
 * Starts the Kafka Streams client when there is something to start it on: the topics exist (Streams
 * would shut down without them), the web server has its port (which the other instances are told),
 * and the topics that are joined fit together. A client that fails is closed and another is
 * started, with growing pauses, for as long as the service lives; that is why liveness does not
 * depend on it.
 *
 * <p>All of this happens on one thread of its own; the other methods may be called by any.
 */
final class StreamsSupervisor implements SmartLifecycle {

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(StreamsSupervisor.class);

    private final StreamsBuilderFactoryBean factory;
    private final StreamsClient client;
    private final StreamsProperties settings;
    private final CoPartitioningCheck coPartitioning;
    private final ServiceEnd serviceEnd;
    private final CountDownLatch topicsProvisioned = new CountDownLatch(1);
    private final CountDownLatch webServerStarted = new CountDownLatch(1);
    private final Semaphore failed = new Semaphore(0);

    private volatile int port;
    private volatile String reason = "Waiting for the topics";
    private volatile @Nullable Thread worker;

    StreamsSupervisor(
            StreamsBuilderFactoryBean factory,
            StreamsClient client,
            StreamsProperties settings,
            CoPartitioningCheck coPartitioning,
            ServiceEnd serviceEnd) {
        this.factory = factory;
        this.client = client;
        this.settings = settings;
        this.coPartitioning = coPartitioning;
        this.serviceEnd = serviceEnd;
        factory.setStateListener(this::onChange);
    }

    /** All topics exist. */
    void topicsProvisioned() {
        topicsProvisioned.countDown();
    }

    /** The web server listens on that port. */
    void webServerStarted(int actualPort) {
        port = actualPort;
        webServerStarted.countDown();
    }

    /** What the client does now. */
    StreamsStatus status() {
        return client.current()
                .map(KafkaStreams::state)
                .map(state -> new StreamsStatus(state, StreamsStatus.explain(state, reason)))
                .orElseGet(() -> new StreamsStatus(null, reason));
    }

    @Override
    public void start() {
        worker = Thread.ofPlatform().daemon().name("streams-supervisor").start(this::supervise);
    }

    /** Ends the supervision; the factory closes the client in its own turn, which comes next. */
    @Override
    public void stop() {
        Thread running = worker;
        worker = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    private void supervise() {
        try {
            webServerStarted.await();
            topicsProvisioned.await();
            Duration pause = FIRST_PAUSE;
            while (isRunning()) {
                long started = System.nanoTime();
                runUntilFailed();
                if (Duration.ofNanos(System.nanoTime() - started).compareTo(LONGEST_PAUSE) > 0) {
                    pause = FIRST_PAUSE;
                }
                log.warn("{}; trying again in {} s", reason, pause.toSeconds());
                Thread.sleep(pause);
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            log.debug("Supervision ended");
        } catch (UnequalPartitionsException e) {
            reason = String.valueOf(e.getMessage());
            serviceEnd.end(reason);
        }
    }

    /** Runs one client until it fails; returns at once if it cannot be started. */
    private void runUntilFailed() throws InterruptedException {
        try {
            coPartitioning.check();
            failed.drainPermits();
            Properties config = factory.getStreamsConfiguration();
            if (config == null) {
                throw new IllegalStateException("Kafka Streams is not configured");
            }
            HostInfo self = new HostInfo(settings.advertisedHost(), port);
            client.setSelf(self);
            GroupSettings.applyInstance(config, settings.groupProtocol(), self);
            client.threads()
                    .ifPresent(
                            wanted -> config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, wanted));
            factory.setStreamsConfiguration(config);
            factory.start();
        } catch (UnequalPartitionsException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            reason = "Kafka Streams could not be started: " + rootMessage(e);
            return;
        }
        failed.acquire();
        reason = "Kafka Streams failed and is started anew";
        client.forget();
        factory.stop();
    }

    private void onChange(State now, State before) {
        if (now == State.ERROR) {
            failed.release();
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
