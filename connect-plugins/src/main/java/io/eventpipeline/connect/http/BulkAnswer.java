package io.eventpipeline.connect.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the bulk API of a search index answers, 200 as a whole and a status for each action. */
final class BulkAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    /**
     * What became of one action.
     *
     * @param reason why not, in the index's words; empty if it was done
     */
    record Item(int status, String reason) {}

    private BulkAnswer() {}

    /**
     * Reads an answer.
     *
     * @return an item for each action, in their order; none if all were done
     * @throws UnexpectedAnswerException if it is no answer of a bulk API to so many actions
     */
    static List<Item> read(String body, int actions) {
        JsonNode answer = parse(body);
        if (!answer.path("errors").isBoolean()) {
            throw new UnexpectedAnswerException("is not that of a bulk API: 'errors' is missing");
        }
        if (!answer.path("errors").booleanValue()) {
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            items.add(item(item));
        }
        if (items.size() != actions) {
            throw new UnexpectedAnswerException(
                    "is for %d actions, not for %d".formatted(items.size(), actions));
        }
        return items;
    }

    private static Item item(JsonNode item) {
        for (Map.Entry<String, JsonNode> action : item.properties()) {
            int status = action.getValue().path("status").asInt();
            JsonNode error = action.getValue().path("error");
            if (status == NOT_FOUND && action.getKey().equals("delete")) {
                // Deleted already, by the same record sent before.
                return new Item(OK, "");
            }
            return new Item(
                    status,
                    error.isMissingNode()
                            ? ""
                            : error.path("type").asText() + ": " + error.path("reason").asText());
        }
        throw new UnexpectedAnswerException("has an item without action");
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UnexpectedAnswerException("is no JSON");
        }
    }

    /** The other side is no search index. */
    static final class UnexpectedAnswerException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnexpectedAnswerException(String message) {
            super(message);
        }
    }
}
