package io.eventpipeline.streams.queries;

import io.eventpipeline.streams.runtime.StreamsClient;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.springframework.stereotype.Component;

/**
 * Looks for one key in a key-value store, by interactive queries of the second version (KIP-796).
 * Only the running active task of the key's partition is asked, so that no answer is older than
 * what is being processed. Thread-safe.
 */
@Component
final class StoreQueries {

    private final StreamsClient streams;
    private final ReadProgress progress;

    StoreQueries(StreamsClient streams, ReadProgress progress) {
        this.streams = streams;
        this.progress = progress;
    }

    /**
     * Looks for a key.
     *
     * @param store the name of a store
     * @param source the topic that the store is a table of
     * @param key the key
     */
    <V> Lookup<V> find(String store, String source, String key) {
        KafkaStreams client = streams.current().orElse(null);
        if (client == null) {
            return new Lookup.Unavailable<>("Kafka Streams is not started yet");
        }
        try {
            KeyQueryMetadata where = client.queryMetadataForKey(store, key, new StringSerializer());
            if (where.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return unavailable(client);
            }
            if (!where.activeHost().equals(streams.self())) {
                return new Lookup.Elsewhere<>(where.activeHost());
            }
            TopicPartition partition = new TopicPartition(source, where.partition());
            Lookup<V> found = query(client, store, partition, key);
            if (!(found instanceof Lookup.Absent<V>)) {
                return found;
            }
            return progress.awaitEnd(client, partition)
                    ? query(client, store, partition, key)
                    : new Lookup.Unavailable<>(
                            "Partition %s is not read to its end".formatted(partition));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return unavailable(client);
        } catch (ExecutionException | TimeoutException e) {
            return new Lookup.Unavailable<>("Kafka does not say whether all of it is read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Lookup.Unavailable<>("The service is stopping");
        }
    }

    private static <V> Lookup<V> query(
            KafkaStreams client, String store, TopicPartition partition, String key) {
        QueryResult<V> result =
                client.query(
                                StateQueryRequest.inStore(store)
                                        .withQuery(KeyQuery.<String, V>withKey(key))
                                        .withPartitions(Set.of(partition.partition()))
                                        .requireActive())
                        .getPartitionResults()
                        .get(partition.partition());
        if (result == null) {
            return unavailable(client);
        }
        if (result.isFailure()) {
            return new Lookup.Unavailable<>(
                    "Partition %s is not served here now: %s (Kafka Streams: %s)"
                            .formatted(partition, result.getFailureReason(), client.state()));
        }
        V value = result.getResult();
        return value == null ? new Lookup.Absent<>() : new Lookup.Found<>(value);
    }

    private static <V> Lookup<V> unavailable(KafkaStreams client) {
        return new Lookup.Unavailable<>("Kafka Streams is in state " + client.state());
    }
}
