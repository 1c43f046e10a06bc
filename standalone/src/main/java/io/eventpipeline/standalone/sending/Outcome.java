package io.eventpipeline.standalone.sending;

import io.eventpipeline.model.json.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service says became of one record in one attempt.
 *
 * @param kind stored, certainly not stored, or unknown
 * @param status the status of the record's problem, else of the answer; 0 if there was no answer
 * @param retryable whether another attempt may succeed
 * @param body the receipt or problem
 */
public record Outcome(Kind kind, int status, boolean retryable, JsonNode body) {

    static final JsonMapper JSON = EventJson.mapper();

    /** Stored, certainly not stored, or nobody knows. */
    public enum Kind {
        ACKNOWLEDGED,
        NOT_WRITTEN,
        UNKNOWN
    }

    /** The outcomes of the records of a request, in their order. */
    static List<Outcome> of(HttpAnswer answer, int records) {
        JsonNode body = json(answer.body());
        JsonNode each = body.path("records");
        if (!each.isArray()) {
            return Collections.nCopies(records, of(answer.status(), body));
        }
        List<Outcome> outcomes = new ArrayList<>(records);
        for (int index = 0; index < records; index++) {
            outcomes.add(of(answer.status(), each.path(index)));
        }
        return outcomes;
    }

    /** The outcome that a receipt or problem tells. */
    static Outcome of(int answerStatus, JsonNode body) {
        if (body.has("offset") && answerStatus < 300) {
            return new Outcome(Kind.ACKNOWLEDGED, answerStatus, false, body);
        }
        int status = body.path("status").asInt(answerStatus);
        Kind kind =
                switch (body.path("outcome").asString("")) {
                    case "not_written" -> Kind.NOT_WRITTEN;
                    case "unknown" -> Kind.UNKNOWN;
                    default -> status >= 400 && status < 500 ? Kind.NOT_WRITTEN : Kind.UNKNOWN;
                };
        boolean again = status == 408 || status == 409 || status == 429 || status >= 500;
        return new Outcome(kind, status, body.path("retryable").asBoolean(again), body);
    }

    /** No connection: nothing was sent. */
    static Outcome unreachable(IOException cause) {
        return new Outcome(Kind.NOT_WRITTEN, 0, true, problem("unreachable", cause));
    }

    /** The connection broke between request and answer. */
    static Outcome unanswered(IOException cause) {
        return new Outcome(Kind.UNKNOWN, 0, true, problem("unanswered", cause));
    }

    /** The last part of the problem's type, to count by. */
    String reason() {
        String type = body.path("type").asString("");
        return type.isEmpty() ? "status " + status : type.substring(type.lastIndexOf('/') + 1);
    }

    static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    private static JsonNode problem(String type, IOException cause) {
        String detail = cause.getMessage();
        return JSON.createObjectNode()
                .put("type", type)
                .put("detail", detail == null ? cause.getClass().getSimpleName() : detail);
    }
}
