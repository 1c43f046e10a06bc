package io.eventpipeline.streams.runtime;

import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/**
 * The client that runs now, if one does. To be asked instead of the factory, which lets nobody in
 * while it closes a client. Thread-safe.
 */
public final class StreamsClient implements StreamsBuilderFactoryBean.Listener {

    private final RestoreProgress restores;
    private volatile @Nullable KafkaStreams current;
    private volatile HostInfo self = HostInfo.unavailable();
    private volatile boolean paused;
    private volatile @Nullable Integer threads;

    StreamsClient(RestoreProgress restores) {
        this.restores = restores;
    }

    /** The client; empty before its first start and while it is started anew. */
    public Optional<KafkaStreams> current() {
        return Optional.ofNullable(current);
    }

    /** Who this instance is to the others. */
    public HostInfo self() {
        return self;
    }

    /**
     * Whether an operator paused it. A paused client keeps its tasks and processes nothing, also
     * after it was started anew.
     */
    public boolean isPaused() {
        return paused;
    }

    /** Pauses or resumes this client and those that take its place. */
    public void setPaused(boolean wanted) {
        paused = wanted;
        current().ifPresent(this::applyPause);
    }

    /** How many threads an operator wished this client and those that take its place to have. */
    public void setThreads(int wanted) {
        threads = wanted;
    }

    /** The wished number of threads; empty if it is as configured. */
    Optional<Integer> threads() {
        return Optional.ofNullable(threads);
    }

    /** To be called with each new client before it starts. */
    void prepare(KafkaStreams client) {
        restores.forget();
        client.setStandbyUpdateListener(restores);
        applyPause(client);
    }

    private void applyPause(KafkaStreams client) {
        if (paused) {
            client.pause();
        } else {
            client.resume();
        }
    }

    void setSelf(HostInfo self) {
        this.self = self;
    }

    void forget() {
        current = null;
    }

    @Override
    public void streamsAdded(String id, KafkaStreams streams) {
        current = streams;
    }

    @Override
    public void streamsRemoved(String id, KafkaStreams streams) {
        forget();
    }
}
