package io.eventpipeline.streams.queries;

import io.eventpipeline.streams.queries.KeyQuestion.Before;
import io.eventpipeline.streams.queries.Origin.Role;
import io.eventpipeline.streams.queries.freshness.Freshness;
import io.eventpipeline.streams.runtime.StreamsClient;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.TopologyPiece;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the stores of this instance for one key, by interactive queries of the second version
 * (KIP-796): the running active task of the key's partition, or, for callers who accept some
 * staleness, what follows its changelog. Thread-safe.
 */
@Component
final class StoreQueries {

    private final StreamsClient streams;
    private final Freshness freshness;
    private final Map<String, PieceStore> stores;

    StoreQueries(StreamsClient streams, Freshness freshness, TopologyPiece topology) {
        this.streams = streams;
        this.freshness = freshness;
        stores =
                topology.stores().stream()
                        .collect(Collectors.toMap(PieceStore::name, Function.identity()));
    }

    /** The store of a question. */
    PieceStore store(KeyQuestion<?, ?> question) {
        PieceStore store = stores.get(question.store());
        if (store == null) {
            throw new IllegalArgumentException("No store is called " + question.store());
        }
        return store;
    }

    /** Asks. */
    <R, T> Lookup<T> find(KeyQuestion<R, T> question, int partition, Asking asking) {
        KafkaStreams client = streams.current().orElse(null);
        if (client == null) {
            return new Lookup.Unavailable<>("Kafka Streams is not started yet");
        }
        Place<R, T> place = new Place<>(client, question, store(question), partition);
        try {
            Lookup<T> found = active(place, asking);
            return found instanceof Lookup.Unavailable<T> && asking.acceptsStandby()
                    ? follower(place, asking)
                    : found;
        } catch (InvalidStateStoreException | IllegalStateException _) {
            return place.unavailable("Kafka Streams is in state " + client.state());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return place.unavailable("The service is stopping");
        }
    }

    private <R, T> Lookup<T> active(Place<R, T> place, Asking asking) throws InterruptedException {
        // Before the store, so that the answer is not older than said.
        OptionalLong moment = freshness.ofActive(place.store(), place.partition());
        Lookup<T> found = place.query(Role.ACTIVE, moment);
        if (found instanceof Lookup.Absent<T>) {
            if (!freshness.awaitActive(place.store(), Set.of(place.partition()))) {
                return place.unavailable("It is not known to be read to its end");
            }
            moment = freshness.ofActive(place.store(), place.partition());
            found = place.query(Role.ACTIVE, moment);
        }
        return admitted(found, place, asking);
    }

    /** Not found is an answer only of a store that has all there was when it was asked for. */
    private <R, T> Lookup<T> follower(Place<R, T> place, Asking asking)
            throws InterruptedException {
        OptionalLong moment = freshness.ofFollower(place.store(), place.partition());
        Lookup<T> found = place.query(Role.STANDBY, moment);
        if (found instanceof Lookup.Absent<T>) {
            if (!freshness.awaitFollower(place.store(), place.partition())) {
                return place.unavailable("The standby may not have all of it");
            }
            moment = freshness.ofFollower(place.store(), place.partition());
            found = place.query(Role.STANDBY, moment);
        }
        return admitted(found, place, asking);
    }

    private <R, T> Lookup<T> admitted(Lookup<T> found, Place<R, T> place, Asking asking) {
        return found instanceof Lookup.Found<T>(T _, Origin origin)
                        && !origin.isWithin(asking.maxStaleness())
                ? place.unavailable(
                        "What is known here is too old: %s, and %s is accepted"
                                .formatted(origin.stalenessText(), asking.maxStaleness()))
                : found;
    }

    /** One partition of a store here, and what to ask it. */
    private final class Place<R, T> {

        private final KafkaStreams client;
        private final KeyQuestion<R, T> question;
        private final PieceStore store;
        private final int partition;

        Place(KafkaStreams client, KeyQuestion<R, T> question, PieceStore store, int partition) {
            this.client = client;
            this.question = question;
            this.store = store;
            this.partition = partition;
        }

        PieceStore store() {
            return store;
        }

        int partition() {
            return partition;
        }

        Lookup<T> query(Role role, OptionalLong moment) {
            // The stores of a standby are not of one moment: one may know of a later one's end.
            Object before = role == Role.ACTIVE ? before(question.before()) : null;
            QueryResult<R> result = result(question.store(), question.query(), role);
            if (result == null || result.isFailure()) {
                return unavailable(
                        "It is not served here now%s (Kafka Streams: %s)"
                                .formatted(
                                        result == null ? "" : ": " + result.getFailureReason(),
                                        client.state()));
            }
            T answer = question.reader().read(result.getResult(), before);
            Origin origin = Origin.of(role, moment);
            return answer == null
                    ? new Lookup.Absent<>(origin)
                    : new Lookup.Found<>(answer, origin);
        }

        Lookup<T> unavailable(String reason) {
            return new Lookup.Unavailable<>(
                    "Partition %d of %s: %s".formatted(partition, question.store(), reason),
                    freshness.progress(store, partition).stream().toList());
        }

        private @Nullable Object before(@Nullable Before before) {
            if (before == null) {
                return null;
            }
            QueryResult<Object> result =
                    result(
                            before.store(),
                            KeyQuery.<String, Object>withKey(before.key()),
                            Role.ACTIVE);
            return result == null || result.isFailure() ? null : result.getResult();
        }

        private <Q> @Nullable QueryResult<Q> result(String name, Query<Q> query, Role role) {
            StateQueryRequest<Q> request =
                    StateQueryRequest.inStore(name)
                            .withQuery(query)
                            .withPartitions(Set.of(partition));
            return client.query(role == Role.ACTIVE ? request.requireActive() : request)
                    .getPartitionResults()
                    .get(partition);
        }
    }
}
