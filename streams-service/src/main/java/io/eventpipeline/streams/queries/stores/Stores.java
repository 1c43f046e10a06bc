package io.eventpipeline.streams.queries.stores;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.streams.queries.Asking;
import io.eventpipeline.streams.queries.Instances;
import io.eventpipeline.streams.queries.OtherInstances;
import io.eventpipeline.streams.queries.Unavailable;
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
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;

/**
 * Asks all instances for their parts of a store, at once and each with a bound on time ({@link
 * OtherInstances}). An instance that was asked by another one asks only itself. Thread-safe.
 */
@Component
final class Stores implements AutoCloseable {

    private final StoreParts parts;
    private final Instances instances;
    private final OtherInstances others;
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

    Stores(StoreParts parts, Instances instances, OtherInstances others) {
        this.parts = parts;
        this.instances = instances;
        this.others = others;
    }

    /** What this instance has. */
    StorePart.Answer here(
            PieceStore store, List<Integer> wanted, Selection selection, Asking asking) {
        return parts.read(store, wanted, selection, asking);
    }

    /**
     * What all have, as one page.
     *
     * @param request asks the other instances too, as it is
     */
    StorePage everywhere(
            PieceStore store,
            List<Integer> wanted,
            Selection selection,
            Asking question,
            HttpServletRequest request) {
        Map<String, CompletableFuture<StorePart.Answer>> asked = new TreeMap<>();
        if (store.kind() != PieceStore.Kind.GLOBAL_TABLE) {
            for (HostInfo other : instances.others()) {
                Supplier<ResponseEntity<byte[]>> part =
                        others.part(other, request, selection.cursor().text());
                asked.put(
                        OtherInstances.name(other),
                        CompletableFuture.supplyAsync(() -> read(part.get()), asking));
            }
        }
        List<StorePart.Answer> answers = new ArrayList<>();
        answers.add(here(store, wanted, selection, question));
        List<String> silent = new ArrayList<>();
        asked.forEach((name, answer) -> {
            try {
                answers.add(answer.join());
            } catch (CompletionException _) {
                silent.add(name);
            }
        });
        return StorePage.of(answers, wanted, silent, selection);
    }

    /**
     * Reads an answer.
     *
     * @throws JacksonException if it is none
     * @throws ErrorResponseException if the other instance had nothing to say
     */
    private static StorePart.Answer read(ResponseEntity<byte[]> answer) {
        byte[] body = answer.getBody();
        if (!answer.getStatusCode().is2xxSuccessful() || body == null) {
            throw Unavailable.because("Answered " + answer.getStatusCode());
        }
        return EventJson.mapper().readValue(body, StorePart.Answer.class);
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
