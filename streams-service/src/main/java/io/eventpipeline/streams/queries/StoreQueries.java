package io.eventpipeline.streams.queries;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.queries.KeyQuestion.Before;
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
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks stores for one key, by interactive queries of the second version (KIP-796). Only the running
 * active task of the key's partition is asked, so that no answer is older than what is being
 * processed. Thread-safe.
 */
@Component
final class StoreQueries {

    private final StreamsClient streams;
    private final ReadProgress progress;
    private final TopicCatalogue topics;

    StoreQueries(StreamsClient streams, ReadProgress progress, TopicCatalogue topics) {
        this.streams = streams;
        this.progress = progress;
        this.topics = topics;
    }

    /** Asks. */
    <R, T> Lookup<T> find(KeyQuestion<R, T> question) {
        KafkaStreams client = streams.current().orElse(null);
        if (client == null) {
            return new Lookup.Unavailable<>("Kafka Streams is not started yet");
        }
        try {
            KeyQueryMetadata where =
                    client.queryMetadataForKey(
                            question.store(), question.key(), new StringSerializer());
            if (where.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return unavailable(client);
            }
            if (!where.activeHost().equals(streams.self())) {
                return new Lookup.Elsewhere<>(where.activeHost());
            }
            TopicPartition partition =
                    new TopicPartition(topics.name(question.source()), where.partition());
            Lookup<T> found = query(client, question, partition);
            if (!(found instanceof Lookup.Absent<T>)) {
                return found;
            }
            return progress.awaitEnd(client, partition)
                    ? query(client, question, partition)
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

    private static <R, T> Lookup<T> query(
            KafkaStreams client, KeyQuestion<R, T> question, TopicPartition partition) {
        Object before = before(client, question.before(), partition.partition());
        QueryResult<R> result =
                result(client, question.store(), question.query(), partition.partition());
        if (result == null) {
            return unavailable(client);
        }
        if (result.isFailure()) {
            return new Lookup.Unavailable<>(
                    "Partition %s is not served here now: %s (Kafka Streams: %s)"
                            .formatted(partition, result.getFailureReason(), client.state()));
        }
        T answer = question.reader().read(result.getResult(), before);
        return answer == null ? new Lookup.Absent<>() : new Lookup.Found<>(answer);
    }

    private static @Nullable Object before(
            KafkaStreams client, @Nullable Before before, int partition) {
        if (before == null) {
            return null;
        }
        QueryResult<Object> result =
                result(
                        client,
                        before.store(),
                        KeyQuery.<String, Object>withKey(before.key()),
                        partition);
        return result == null || result.isFailure() ? null : result.getResult();
    }

    private static <R> @Nullable QueryResult<R> result(
            KafkaStreams client, String store, Query<R> query, int partition) {
        return client.query(
                        StateQueryRequest.inStore(store)
                                .withQuery(query)
                                .withPartitions(Set.of(partition))
                                .requireActive())
                .getPartitionResults()
                .get(partition);
    }

    private static <T> Lookup<T> unavailable(KafkaStreams client) {
        return new Lookup.Unavailable<>("Kafka Streams is in state " + client.state());
    }
}
