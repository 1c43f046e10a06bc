package io.eventpipeline.starter.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Knows whether a broker answers. One thread asks for the cluster again and again; everyone else
 * reads what it found last, without waiting. So an answer is at most {@link #INTERVAL} + {@link
 * #TIMEOUT} old. Thread-safe.
 */
public final class KafkaAvailability implements SmartLifecycle {

    /** Pause between two questions. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    /** How long a broker may take to answer before it counts as away. */
    static final Duration TIMEOUT = Duration.ofMillis(1_500);

    private static final Logger log = LoggerFactory.getLogger(KafkaAvailability.class);

    private final Admin admin;
    private volatile State state = new State(null, "Kafka was not asked yet");
    private volatile @Nullable Thread watch;

    KafkaAvailability(Admin admin) {
        this.admin = admin;
    }

    /** Whether a broker answered the last question. */
    public boolean isAvailable() {
        return state.cluster() != null;
    }

    /** Why Kafka counts as away; empty while it is there. */
    public Optional<String> reason() {
        return Optional.ofNullable(state.reason());
    }

    /** The cluster as last seen; empty while it is away. */
    public Optional<Cluster> cluster() {
        return Optional.ofNullable(state.cluster());
    }

    /**
     * What the brokers say of themselves.
     *
     * @param id the cluster id
     * @param brokers how many are registered
     */
    public record Cluster(String id, int brokers) {}

    private record State(@Nullable Cluster cluster, @Nullable String reason) {}

    @Override
    public void start() {
        watch = Thread.ofVirtual().name("kafka-availability").start(this::watch);
    }

    @Override
    public void stop() {
        Thread running = watch;
        watch = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }

    /** Started before everything that asks, stopped after it. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                become(ask());
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private State ask() throws InterruptedException {
        try {
            int timeout = (int) TIMEOUT.toMillis();
            DescribeClusterResult result =
                    admin.describeCluster(new DescribeClusterOptions().timeoutMs(timeout));
            int brokers = result.nodes().get(timeout, TimeUnit.MILLISECONDS).size();
            String id = result.clusterId().get(timeout, TimeUnit.MILLISECONDS);
            return new State(new Cluster(id, brokers), null);
        } catch (TimeoutException e) {
            return new State(null, "No broker answered within " + TIMEOUT.toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new State(
                    null,
                    cause instanceof org.apache.kafka.common.errors.TimeoutException
                            ? "No broker answered within " + TIMEOUT.toMillis() + " ms"
                            : "Kafka cannot be used: " + cause.getMessage());
        } catch (RuntimeException e) {
            return new State(null, "Kafka cannot be asked: " + e.getMessage());
        }
    }

    private void become(State next) {
        State before = state;
        state = next;
        if (before.cluster() == null && next.cluster() != null) {
            log.info("Kafka is there: cluster {}", next.cluster().id());
        } else if (before.cluster() != null && next.cluster() == null) {
            log.warn("Kafka is away: {}", next.reason());
        }
    }
}
