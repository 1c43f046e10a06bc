package io.eventpipeline.consumer.deadletters.redrive;

import io.eventpipeline.consumer.deadletters.triage.LetterFilter;
import io.eventpipeline.consumer.deadletters.triage.LetterPosition;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;

/** Reads the body of a decision and finds all that is wrong with it. For one body. */
final class DecisionRequestReader {

    static final int DEFAULT_LIMIT = 1_000;
    static final int MOST_REDRIVEN = 10_000;
    static final int MOST_DISCARDED = 100_000;

    private static final int MOST_POSITIONS = 10_000;
    private static final int LONGEST_REASON = 500;
    private static final Set<String> COMMON =
            Set.of("group", "topic", "component", "cause", "message", "letters", "dryRun", "limit");

    private final JsonNode body;
    private final List<Violation> violations = new ArrayList<>();

    private DecisionRequestReader(byte[] json) {
        body = EventJson.readTree(json);
        if (!body.isObject()) {
            throw refused(List.of(new Violation("", "must be an object")));
        }
    }

    /**
     * Reads what is to be sent back.
     *
     * @throws io.eventpipeline.model.json.MalformedJsonException if it is not one JSON value
     * @throws ErrorResponseException 422 with all that is wrong
     */
    static DecisionRequest redrive(byte[] json) {
        DecisionRequestReader reader = new DecisionRequestReader(json);
        reader.refuseUnknown("", reader.body, "edited");
        DecisionRequest request =
                new DecisionRequest(
                        reader.selection(),
                        LetterEditReader.read(reader.body.path("edited"), reader::wrong),
                        "",
                        reader.flag("dryRun"),
                        reader.limit(MOST_REDRIVEN));
        if (!request.edit().isNone() && request.selection().positions().size() != 1) {
            reader.wrong("/edited", "takes exactly one letter in 'letters'");
        }
        return reader.unlessWrong(request);
    }

    /**
     * Reads what is to be discarded.
     *
     * @throws io.eventpipeline.model.json.MalformedJsonException if it is not one JSON value
     * @throws ErrorResponseException 422 with all that is wrong
     */
    static DecisionRequest discard(byte[] json) {
        DecisionRequestReader reader = new DecisionRequestReader(json);
        reader.refuseUnknown("", reader.body, "reason");
        String reason = reader.text("reason", LONGEST_REASON);
        if (reason == null || reason.isBlank()) {
            reader.wrong("/reason", "is required: why nobody needs these letters");
        }
        return reader.unlessWrong(
                new DecisionRequest(
                        reader.selection(),
                        LetterEdit.NONE,
                        reason == null ? "" : reason.strip(),
                        reader.flag("dryRun"),
                        reader.limit(MOST_DISCARDED)));
    }

    private DecisionRequest unlessWrong(DecisionRequest request) {
        if (!violations.isEmpty()) {
            throw refused(violations);
        }
        return request;
    }

    private LetterSelection selection() {
        LetterFilter filter =
                new LetterFilter(
                        text("group", LONGEST_REASON),
                        text("topic", LONGEST_REASON),
                        text("component", LONGEST_REASON),
                        text("cause", LONGEST_REASON),
                        text("message", LONGEST_REASON));
        List<LetterPosition> positions = positions();
        if (filter.isEmpty() && body.path("letters").isMissingNode()) {
            wrong(
                    "",
                    "must name letters by 'group', by 'topic', 'component', 'cause' or 'message',"
                            + " or by 'letters'");
        } else if (!filter.isEmpty() && !body.path("letters").isMissingNode()) {
            wrong("/letters", "cannot be combined with a group: a letter is one of either");
        }
        return new LetterSelection(filter, positions);
    }

    private List<LetterPosition> positions() {
        JsonNode letters = body.path("letters");
        if (letters.isMissingNode()) {
            return List.of();
        }
        if (!letters.isArray() || letters.isEmpty()) {
            wrong("/letters", "must be an array of {topic, partition, offset}, or offsets");
            return List.of();
        }
        List<LetterPosition> positions = new ArrayList<>();
        for (int i = 0; i < letters.size(); i++) {
            position("/letters/" + i, letters.get(i), positions);
        }
        if (positions.size() > MOST_POSITIONS) {
            wrong("/letters", "has more letters than the limit of " + MOST_POSITIONS);
        }
        return positions;
    }

    private void position(String pointer, JsonNode letter, List<LetterPosition> positions) {
        JsonNode topic = letter.path("topic");
        JsonNode partition = letter.path("partition");
        boolean several = letter.path("offset").isMissingNode();
        JsonNode offsets = several ? letter.path("offsets") : letter.path("offset");
        if (!topic.isString() || hasNul(topic.stringValue())) {
            wrong(pointer + "/topic", "must be the name of a dead-letter topic");
        }
        if (!partition.canConvertToInt() || partition.intValue() < 0) {
            wrong(pointer + "/partition", "must be the number of a partition");
        }
        List<JsonNode> each = new ArrayList<>();
        if (several) {
            offsets.forEach(each::add);
        } else {
            each.add(offsets);
        }
        if (each.isEmpty()
                || !each.stream()
                        .allMatch(offset -> offset.canConvertToLong() && offset.longValue() >= 0)) {
            wrong(pointer + "/offset", "must be an offset, or 'offsets' an array of them");
        } else if (topic.isString() && partition.canConvertToInt()) {
            each.forEach(offset ->
                    positions.add(
                            new LetterPosition(
                                    topic.stringValue(),
                                    partition.intValue(),
                                    offset.longValue())));
        }
    }

    private @Nullable String text(String name, int longest) {
        JsonNode given = body.path(name);
        if (given.isMissingNode()) {
            return null;
        }
        if (!given.isString() || given.stringValue().length() > longest) {
            wrong("/" + name, "must be a text of at most " + longest + " characters");
            return null;
        }
        if (hasNul(given.stringValue())) {
            wrong("/" + name, "must not have the character U+0000");
            return null;
        }
        return given.stringValue();
    }

    private boolean flag(String name) {
        JsonNode given = body.path(name);
        if (!given.isMissingNode() && !given.isBoolean()) {
            wrong("/" + name, "must be true or false");
        }
        return given.asBoolean(false);
    }

    private int limit(int most) {
        JsonNode given = body.path("limit");
        if (given.isMissingNode()) {
            return DEFAULT_LIMIT;
        }
        if (!given.canConvertToInt() || given.intValue() < 1 || given.intValue() > most) {
            wrong("/limit", "must be a number between 1 and " + most);
            return DEFAULT_LIMIT;
        }
        return given.intValue();
    }

    private void refuseUnknown(String pointer, JsonNode object, String more) {
        for (String name : object.propertyNames()) {
            if (!COMMON.contains(name) && !name.equals(more)) {
                wrong(pointer + "/" + name, "unknown field");
            }
        }
    }

    private static ErrorResponseException refused(List<Violation> violations) {
        ProblemDetail problem =
                ProblemType.INVALID_COMMAND.detail(
                        violations.size() == 1
                                ? violations.getFirst().toString()
                                : violations.size() + " things are wrong with the request");
        problem.setProperty(
                "errors",
                violations.stream()
                        .map(found -> new BodyError("#" + found.pointer(), found.detail()))
                        .toList());
        return new ErrorResponseException(ProblemType.INVALID_COMMAND.status(), problem, null);
    }

    private record BodyError(String pointer, String detail) {}

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private void wrong(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }
}
