package io.eventpipeline.connect;

import io.eventpipeline.connect.WebService.Answer;
import io.eventpipeline.connect.WebService.Request;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of a search index as its bulk API needs: documents by index and id. It refuses documents
 * whose product is {@link #NOT_INDEXED}.
 */
final class SearchIndex {

    static final String NOT_INDEXED = "not-indexed";

    private final Map<String, JsonNode> documents = new ConcurrentHashMap<>();

    /** By {@code index/id}. */
    Map<String, JsonNode> documents() {
        return documents;
    }

    Answer bulk(Request request) {
        List<Map<String, Object>> items = new ArrayList<>();
        boolean errors = false;
        for (Iterator<String> lines = request.body().lines().iterator(); lines.hasNext(); ) {
            JsonNode action = JsonMapper.shared().readTree(lines.next()).path("index");
            JsonNode document = JsonMapper.shared().readTree(lines.next());
            if (document.path("product").asString("").equals(NOT_INDEXED)) {
                errors = true;
                items.add(
                        Map.of(
                                "index",
                                Map.of(
                                        "status",
                                        400,
                                        "error",
                                        Map.of("type", "mapping", "reason", "no such product"))));
            } else {
                documents.put(
                        action.path("_index").asString() + "/" + action.path("_id").asString(),
                        document);
                items.add(Map.of("index", Map.of("status", 201)));
            }
        }
        return new Answer(
                200,
                JsonMapper.shared().writeValueAsString(Map.of("errors", errors, "items", items)));
    }
}
