package io.eventpipeline.streams.queries;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.TopologyPiece;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /stores}, {@code /stores/{store}} and {@code /stores/{store}/{key}}: what the
 * topologies remember, of all instances. An answer that some instance or partition is missing from
 * says so.
 */
@RestController
class StoresController {

    private static final int MOST_ENTRIES = 10_000;

    private final TopologyPiece topology;
    private final TopicCatalogue topics;
    private final Stores stores;
    private final InstantSource clock = InstantSource.system();

    StoresController(TopologyPiece topology, TopicCatalogue topics, Stores stores) {
        this.topology = topology;
        this.topics = topics;
        this.stores = stores;
    }

    /** A store, with the name of its source in this environment. */
    record StoreView(String name, PieceStore.Kind kind, String source, boolean listed) {}

    /**
     * Entries of a store, as far as its source is read.
     *
     * @param entries what was found, at most as many as were asked for
     * @param partitions how many partitions were looked at
     * @param missing who did not answer or could not; empty if all of the store was looked at
     */
    record Answer(List<StoreEntry> entries, int partitions, List<String> missing) {}

    @GetMapping("/stores")
    List<StoreView> stores() {
        return topology.stores().stream()
                .map(store ->
                        new StoreView(
                                store.name(),
                                store.kind(),
                                topics.name(store.source()),
                                StoreReader.hasAll(store)))
                .toList();
    }

    @GetMapping("/stores/{store}")
    ResponseEntity<byte[]> entries(
            @PathVariable String store,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            HttpServletRequest request) {
        PieceStore asked = find(store);
        if (!StoreReader.hasAll(asked)) {
            throw ProblemType.UNSUPPORTED_COMMAND.exception(
                    "Kafka Streams can read %s by key only: GET /stores/%s/{key}"
                            .formatted(store, store));
        }
        TimeRange range = TimeRange.of(from, to, clock.instant());
        int most = valid(limit);
        return json(
                stores.ask(
                        asked,
                        request,
                        most,
                        reader -> reader.all(asked, range.from(), range.to(), most)));
    }

    @GetMapping("/stores/{store}/{key}")
    ResponseEntity<byte[]> entriesOfKey(
            @PathVariable String store,
            @PathVariable String key,
            @RequestParam(defaultValue = "100") int limit,
            HttpServletRequest request) {
        PieceStore asked = find(store);
        int most = valid(limit);
        Answer answer = stores.ask(asked, request, most, reader -> reader.ofKey(asked, key, most));
        if (answer.entries().isEmpty() && !OtherInstances.cameFromAnother(request)) {
            throw answer.missing().isEmpty()
                    ? ProblemType.NOT_FOUND.exception(
                            "Store %s has no key '%s'".formatted(store, key))
                    : ProblemType.STATE_UNAVAILABLE.exception(
                            "Not everybody who may have the key could be asked: "
                                    + answer.missing(),
                            1);
        }
        return json(answer);
    }

    private PieceStore find(String name) {
        return topology.stores().stream()
                .filter(store -> store.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ProblemType.NOT_FOUND.exception(
                                "No store is called '%s'; there are %s"
                                        .formatted(
                                                name,
                                                topology.stores().stream()
                                                        .map(PieceStore::name)
                                                        .toList())));
    }

    private static int valid(int limit) {
        if (limit < 1 || limit > MOST_ENTRIES) {
            throw ProblemType.INVALID_PARAMETER.exception("limit must be 1 to " + MOST_ENTRIES);
        }
        return limit;
    }

    private static ResponseEntity<byte[]> json(Answer answer) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(EventJson.mapper().writeValueAsBytes(answer));
    }
}
