package io.eventpipeline.streams.queries.stores;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.queries.Asking;
import io.eventpipeline.streams.queries.Instances;
import io.eventpipeline.streams.queries.Origin;
import io.eventpipeline.streams.queries.Parameters;
import io.eventpipeline.streams.queries.Unavailable;
import io.eventpipeline.streams.queries.freshness.Freshness;
import io.eventpipeline.streams.queries.freshness.RestoreProgress;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.TopologyPiece;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /stores}, {@code /stores/{store}} and {@code /stores/{store}/{key}}: what the
 * topologies remember, of all instances and page by page. An answer that some partition is missing
 * from says so.
 */
@RestController
class StoresController {

    private final TopologyPiece topology;
    private final TopicCatalogue topics;
    private final Stores stores;
    private final Instances instances;
    private final Freshness freshness;
    private final InstantSource clock = InstantSource.system();

    StoresController(
            TopologyPiece topology,
            TopicCatalogue topics,
            Stores stores,
            Instances instances,
            Freshness freshness) {
        this.topology = topology;
        this.topics = topics;
        this.stores = stores;
        this.instances = instances;
        this.freshness = freshness;
    }

    /** A store, with the name of its source in this environment. */
    record StoreView(String name, PieceStore.Kind kind, String source, boolean listed) {}

    /**
     * Entries of a store.
     *
     * @param entries what was found, at most as many as were asked for
     * @param partitions how many partitions were looked at
     * @param missing which partitions are not in it or not completely, and who did not answer;
     *     empty if nothing is
     * @param next what to ask for as {@code after} to go on; absent if all is read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            List<StoreEntry> entries,
            int partitions,
            List<String> missing,
            @Nullable String next) {}

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
            @PathVariable String store, ListParameters parameters, HttpServletRequest request) {
        PieceStore asked = find(store);
        if (!StoreReader.hasAll(asked)) {
            throw ProblemType.UNSUPPORTED_COMMAND.exception(
                    "Kafka Streams can read %s by key only: GET /stores/%s/{key}"
                            .formatted(store, store));
        }
        Asking asking = asking(asked, request);
        Selection selection = parameters.ofAll(asked, clock.instant());
        List<Integer> wanted = selection.cursor().left(partitions(asked));
        return asking.fromInstance()
                ? json(stores.here(asked, wanted, selection, asking))
                : json(page(asked, wanted, selection, asking, request));
    }

    @GetMapping("/stores/{store}/{key}")
    ResponseEntity<byte[]> entriesOfKey(
            @PathVariable String store,
            @PathVariable String key,
            ListParameters parameters,
            HttpServletRequest request) {
        PieceStore asked = find(store);
        Asking asking = asking(asked, request);
        Selection selection = parameters.ofKey(asked, key);
        List<Integer> wanted = selection.cursor().left(partitions(asked));
        if (asked.keys() == PieceStore.Keys.OF_SOURCE
                && asked.kind() != PieceStore.Kind.GLOBAL_TABLE) {
            int partition = instances.owners(asked, key).partition();
            wanted = wanted.stream().filter(each -> each == partition).toList();
        }
        if (asking.fromInstance()) {
            return json(stores.here(asked, wanted, selection, asking));
        }
        StorePage page = page(asked, wanted, selection, asking, request);
        if (page.entries().isEmpty() && !page.certain()) {
            throw unavailable(asked, wanted, "Not everybody who may have the key can tell: ", page);
        }
        if (page.entries().isEmpty() && selection.cursor().isBeginning()) {
            throw ProblemType.NOT_FOUND.exception(
                    "Store %s has no key '%s'%s"
                            .formatted(
                                    store, key, selection.times() == null ? "" : " in that time"));
        }
        return json(page);
    }

    private StorePage page(
            PieceStore store,
            List<Integer> wanted,
            Selection selection,
            Asking asking,
            HttpServletRequest request) {
        StorePage page = stores.everywhere(store, wanted, selection, asking, request);
        if (page.partitions() == 0 && !wanted.isEmpty()) {
            throw unavailable(store, wanted, "No partition can be read now: ", page);
        }
        return page;
    }

    private ErrorResponseException unavailable(
            PieceStore store, List<Integer> wanted, String reason, StorePage page) {
        List<RestoreProgress> restoring =
                wanted.stream()
                        .flatMap(partition -> freshness.progress(store, partition).stream())
                        .toList();
        return Unavailable.because(reason + page.missing(), restoring);
    }

    private static Asking asking(PieceStore store, HttpServletRequest request) {
        Asking asking = Asking.of(request);
        if (asking.acceptsStandby() && store.kind() == PieceStore.Kind.GLOBAL_TABLE) {
            throw Parameters.invalid(
                    ("maxStaleness cannot be promised of %s: Kafka Streams does not say how far"
                                    + " a global table is read")
                            .formatted(store.name()));
        }
        return asking;
    }

    /** A global table is one for every instance. */
    private int partitions(PieceStore store) {
        return store.kind() == PieceStore.Kind.GLOBAL_TABLE ? 1 : freshness.partitions(store);
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

    private static ResponseEntity<byte[]> json(StorePart.Answer answer) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(EventJson.mapper().writeValueAsBytes(answer));
    }

    private static ResponseEntity<byte[]> json(StorePage page) {
        Cursor next = page.next();
        Answer answer =
                new Answer(
                        page.entries(),
                        page.partitions(),
                        page.missing(),
                        next == null ? null : next.text());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(Origin.SERVED_BY_HEADER, String.join(", ", page.servedBy()))
                .header(Origin.ROLE_HEADER, page.role().text())
                .header(Origin.STALENESS_HEADER, Origin.text(page.stalenessMillis()))
                .body(EventJson.mapper().writeValueAsBytes(answer));
    }
}
