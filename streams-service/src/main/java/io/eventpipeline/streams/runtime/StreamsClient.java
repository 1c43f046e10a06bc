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

    private volatile @Nullable KafkaStreams current;
    private volatile HostInfo self = HostInfo.unavailable();

    StreamsClient() {}

    /** The client; empty before its first start and while it is started anew. */
    public Optional<KafkaStreams> current() {
        return Optional.ofNullable(current);
    }

    /** Who this instance is to the others. */
    public HostInfo self() {
        return self;
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
