package io.eventpipeline.streams.queries;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.streams.queries.freshness.Freshness;
import io.eventpipeline.streams.runtime.StreamsClient;
import io.eventpipeline.streams.topology.PieceStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.springframework.stereotype.Component;

/**
 * Which instances there are, and which of them have a key, as far as this one knows. Thread-safe.
 */
@Component
public final class Instances {

    private final StreamsClient streams;
    private final Freshness freshness;

    /** While partitions are assigned anew, Kafka Streams may know of nobody. */
    private volatile Set<HostInfo> lastKnown = Set.of();

    Instances(StreamsClient streams, Freshness freshness) {
        this.streams = streams;
        this.freshness = freshness;
    }

    /**
     * Who has a key.
     *
     * @param partition of the store that the key is in
     * @param candidates whom to ask, the active instance first; empty if nobody knows
     */
    public record Owners(int partition, List<HostInfo> candidates) {}

    HostInfo self() {
        return streams.self();
    }

    /** All other instances. */
    public Set<HostInfo> others() {
        streams.current().ifPresent(this::remember);
        Set<HostInfo> others = new LinkedHashSet<>(lastKnown);
        others.remove(self());
        return others;
    }

    /** The instances that have a key of a store's source: the active one, then the standbys. */
    public Owners owners(PieceStore store, String key) {
        return metadata(store, key)
                .map(known -> {
                    Set<HostInfo> candidates = new LinkedHashSet<>();
                    candidates.add(known.activeHost());
                    if (known.standbyHosts().contains(self())) {
                        candidates.add(self());
                    }
                    candidates.addAll(known.standbyHosts());
                    return new Owners(known.partition(), List.copyOf(candidates));
                })
                .orElseGet(() -> new Owners(partition(store, key), List.of()));
    }

    private Optional<KeyQueryMetadata> metadata(PieceStore store, String key) {
        try {
            return streams.current()
                    .map(client -> {
                        remember(client);
                        return client.queryMetadataForKey(
                                store.name(), key, new StringSerializer());
                    })
                    .filter(known ->
                            !known.equals(KeyQueryMetadata.NOT_AVAILABLE)
                                    && !known.activeHost().equals(HostInfo.unavailable()));
        } catch (InvalidStateStoreException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    private void remember(KafkaStreams client) {
        try {
            Set<HostInfo> known =
                    client.metadataForAllStreamsClients().stream()
                            .map(StreamsMetadata::hostInfo)
                            .filter(host -> !host.equals(HostInfo.unavailable()))
                            .collect(Collectors.toUnmodifiableSet());
            if (!known.isEmpty()) {
                lastKnown = known;
            }
        } catch (IllegalStateException _) {
            // It is stopping or not started: what was known last is still the best.
        }
    }

    /** As Kafka's producers choose it for records with a key. */
    private int partition(PieceStore store, String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % freshness.partitions(store);
    }
}
