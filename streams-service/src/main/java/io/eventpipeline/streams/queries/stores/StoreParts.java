package io.eventpipeline.streams.queries.stores;

import io.eventpipeline.streams.queries.Asking;
import io.eventpipeline.streams.queries.Origin;
import io.eventpipeline.streams.queries.Origin.Role;
import io.eventpipeline.streams.queries.OtherInstances;
import io.eventpipeline.streams.queries.freshness.Freshness;
import io.eventpipeline.streams.queries.freshness.RestoreProgress;
import io.eventpipeline.streams.queries.stores.StoreReader.Part;
import io.eventpipeline.streams.runtime.StreamsClient;
import io.eventpipeline.streams.topology.PieceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what this instance has of a store: the partitions that it processes, and for callers who
 * accept some staleness those that it has a copy of. Thread-safe.
 */
@Component
final class StoreParts {

    private final StreamsClient streams;
    private final Freshness freshness;

    StoreParts(StreamsClient streams, Freshness freshness) {
        this.streams = streams;
        this.freshness = freshness;
    }

    /**
     * Reads, partition after partition, until the limit is reached; later ones are told of without
     * entries.
     *
     * @param wanted the partitions, in order
     */
    StorePart.Answer read(
            PieceStore store, List<Integer> wanted, Selection selection, Asking asking) {
        String self = OtherInstances.name(streams.self());
        KafkaStreams client = streams.current().orElse(null);
        if (client == null) {
            return new StorePart.Answer(
                    self, List.of(), List.of("Kafka Streams is not started yet"));
        }
        long called = Freshness.now();
        List<StorePart> parts = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Reading reading = new Reading(store, selection, asking, new StoreReader(client), called);
        try {
            List<Integer> active =
                    wanted.stream()
                            .filter(partition -> freshness.ofActive(store, partition).isPresent())
                            .toList();
            if (store.kind() != PieceStore.Kind.GLOBAL_TABLE && !active.isEmpty()) {
                freshness.awaitActive(store, active);
            }
            for (int partition : wanted) {
                reading.read(partition, parts, failures);
            }
        } catch (IllegalStateException _) {
            failures.add("Kafka Streams is in state " + client.state());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            failures.add("The service is stopping");
        }
        return new StorePart.Answer(self, parts, failures);
    }

    /** One question. */
    private final class Reading {

        private final PieceStore store;
        private final Selection selection;
        private final Asking asking;
        private final StoreReader reader;
        private final long called;
        private int room;

        Reading(
                PieceStore store,
                Selection selection,
                Asking asking,
                StoreReader reader,
                long called) {
            this.store = store;
            this.selection = selection;
            this.asking = asking;
            this.reader = reader;
            this.called = called;
            room = selection.limit();
        }

        void read(int partition, List<StorePart> parts, List<String> failures)
                throws InterruptedException {
            StorePart part = part(partition, Role.ACTIVE);
            if ((part == null || !isAdmitted(part)) && asking.acceptsStandby()) {
                StorePart copy = part(partition, Role.STANDBY);
                if (copy != null
                        && copy.entries().isEmpty()
                        && selection.key() != null
                        && freshness.awaitFollower(store, partition)) {
                    copy = part(partition, Role.STANDBY);
                }
                part = copy == null ? part : copy;
            }
            if (part == null) {
                freshness
                        .progress(store, partition)
                        .map(StoreParts::describe)
                        .ifPresent(failures::add);
            } else if (!isAdmitted(part)) {
                failures.add(
                        "partition %d is older than %s"
                                .formatted(partition, asking.maxStaleness()));
            } else {
                parts.add(part);
                room -= part.entries().size();
            }
        }

        private boolean isAdmitted(StorePart part) {
            return asking.maxStaleness() == null
                    || (part.stalenessMillis() != null
                            && part.stalenessMillis() <= asking.maxStaleness().toMillis());
        }

        private @Nullable StorePart part(int partition, Role role) {
            boolean global = store.kind() == PieceStore.Kind.GLOBAL_TABLE;
            OptionalLong moment =
                    global
                            ? OptionalLong.empty()
                            : role == Role.ACTIVE
                                    ? freshness.ofActive(store, partition)
                                    : freshness.ofFollower(store, partition);
            Part found;
            try {
                found =
                        room > 0
                                ? reader.read(
                                        store,
                                        partition,
                                        role,
                                        selection,
                                        selection.cursor().last(partition),
                                        room)
                                : new Part(List.of(), false);
            } catch (InvalidStateStoreException _) {
                return null;
            }
            if (room <= 0 && moment.isEmpty() && !global) {
                return null;
            }
            Long staleness = Origin.of(role, moment).stalenessMillis();
            boolean complete = global || (moment.isPresent() && moment.getAsLong() - called >= 0);
            return new StorePart(
                    partition, role, staleness, complete, found.entries(), found.done());
        }
    }

    private static String describe(RestoreProgress progress) {
        return "partition %d is restored to %d %%, %d records are left"
                .formatted(progress.partition(), progress.percent(), progress.remaining());
    }
}
