package io.eventpipeline.streams.queries;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.queries.StoreReader.Found;
import io.eventpipeline.streams.queries.StoresController.Answer;
import io.eventpipeline.streams.runtime.StreamsClient;
import io.eventpipeline.streams.topology.PieceStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/**
 * Asks all instances that have a part of a store, at once and each with a bound on time ({@link
 * OtherInstances}). An instance that was asked by another one asks only itself. Thread-safe.
 */
@Component
final class Stores implements AutoCloseable {

    private final StreamsClient streams;
    private final OtherInstances others;
    private final TopicCatalogue topics;
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

    Stores(StreamsClient streams, OtherInstances others, TopicCatalogue topics) {
        this.streams = streams;
        this.others = others;
        this.topics = topics;
    }

    /**
     * Asks.
     *
     * @param request asks the other instances too, as it is
     * @param limit how many entries at most
     * @param question what to ask of this instance's part
     * @throws ErrorResponseException a problem of type {@code state-unavailable} while this
     *     instance knows nobody to ask
     */
    Answer ask(
            PieceStore store,
            HttpServletRequest request,
            int limit,
            Function<StoreReader, Found> question) {
        KafkaStreams client =
                streams.current()
                        .orElseThrow(() ->
                                ProblemType.STATE_UNAVAILABLE.exception(
                                        "Kafka Streams is not started yet", 1));
        Answer own = askSelf(client, question);
        if (store.kind() == PieceStore.Kind.GLOBAL_TABLE
                || OtherInstances.cameFromAnother(request)) {
            return own;
        }
        Map<String, CompletableFuture<Answer>> asked = new TreeMap<>();
        for (StreamsMetadata instance : client.streamsMetadataForStore(store.name())) {
            if (!instance.hostInfo().equals(streams.self())) {
                asked.put(
                        name(instance.hostInfo()),
                        CompletableFuture.supplyAsync(
                                () -> read(others.ask(instance.hostInfo(), request, false)),
                                asking));
            }
        }
        List<StoreEntry> entries = new ArrayList<>(own.entries());
        List<String> missing = new ArrayList<>(own.missing());
        int partitions = own.partitions();
        for (Map.Entry<String, CompletableFuture<Answer>> other : asked.entrySet()) {
            try {
                Answer theirs = other.getValue().join();
                entries.addAll(theirs.entries());
                missing.addAll(theirs.missing());
                partitions += theirs.partitions();
            } catch (CompletionException e) {
                missing.add(other.getKey());
            }
        }
        int expected = topics.get(store.source()).partitions();
        if (missing.isEmpty() && partitions < expected) {
            missing.add(
                    "%d of %d partitions have no owner now"
                            .formatted(expected - partitions, expected));
        }
        return new Answer(entries.stream().limit(limit).toList(), partitions, missing);
    }

    private Answer askSelf(KafkaStreams client, Function<StoreReader, Found> question) {
        String self = name(streams.self());
        try {
            Found found = question.apply(new StoreReader(client));
            return new Answer(
                    found.entries(),
                    found.partitions(),
                    found.failures().stream().map(failure -> self + ": " + failure).toList());
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw ProblemType.STATE_UNAVAILABLE.exception(
                    "Kafka Streams is in state " + client.state(), 1);
        }
    }

    private static Answer read(ResponseEntity<byte[]> answer) {
        byte[] body = answer.getBody();
        if (!answer.getStatusCode().is2xxSuccessful() || body == null) {
            throw new IllegalStateException("Answered " + answer.getStatusCode());
        }
        return EventJson.mapper().readValue(body, Answer.class);
    }

    private static String name(HostInfo instance) {
        return instance.host() + ":" + instance.port();
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
