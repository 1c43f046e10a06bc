package io.eventpipeline.producer.records;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads {@code {"records":[…]}}. Stateless; thread-safe. */
final class RecordEnvelope {

    /**
     * Values are passed on as they are, so that what Jackson could check in them is their readers'
     * affair.
     */
    static final JsonFactory JSON = JsonFactory.builder().build();

    /** More than a person or a program will mend at once. */
    private static final int MOST_VIOLATIONS = 100;

    private RecordEnvelope() {}

    /**
     * Reads all records of a body.
     *
     * @param tolerant whether other fields beside the records are ignored
     * @throws MalformedJsonException if it is not one JSON value
     * @throws InvalidEventException with all that is wrong
     * @throws ErrorResponseException 413 if there are too many records
     */
    static List<SentRecord> read(
            byte[] body, RecordReader.Defaults defaults, boolean tolerant, int maxRecords) {
        List<SentRecord> records = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        RecordReader reader = new RecordReader(defaults);
        boolean found = false;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("There is no JSON: the value is empty");
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw invalid(List.of(new Violation("", "must be {\"records\":[…]}")));
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("records")) {
                    found = true;
                    readRecords(parser, body, reader, maxRecords, records, violations);
                } else {
                    if (!tolerant) {
                        violations.add(new Violation("/" + name, "unknown field"));
                    }
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("There is more than one JSON value");
            }
        } catch (JacksonException e) {
            throw malformed(e);
        }
        if (!found) {
            violations.add(new Violation("/records", "is required"));
        }
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return records;
    }

    private static void readRecords(
            JsonParser parser,
            byte[] body,
            RecordReader reader,
            int maxRecords,
            List<SentRecord> records,
            List<Violation> violations) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            violations.add(new Violation("/records", "must be an array"));
            parser.skipChildren();
            return;
        }
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (index == maxRecords) {
                throw tooMany(maxRecords);
            }
            SentRecord sent = reader.read(parser, body, 0, below("/records", index, violations));
            if (sent != null) {
                records.add(sent);
            }
            index++;
        }
    }

    /** Takes violations in one entry of an array; its pointer is made when there is one. */
    static Consumer<Violation> below(String array, int index, List<Violation> violations) {
        return violation -> below(array + "/" + index, violations).accept(violation);
    }

    static Consumer<Violation> below(String pointer, List<Violation> violations) {
        return violation -> {
            if (violations.size() < MOST_VIOLATIONS) {
                violations.add(violation.below(pointer));
            }
        };
    }

    static InvalidEventException invalid(List<Violation> violations) {
        return new InvalidEventException("request", violations);
    }

    static MalformedJsonException malformed(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return new MalformedJsonException(
                "The body is not JSON: reading stopped"
                        + (at == null
                                ? ""
                                : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }

    private static ErrorResponseException tooMany(int limit) {
        ErrorResponseException refused =
                ProblemType.TOO_LARGE.exception(
                        "The request has more records than the limit of " + limit);
        refused.getBody().setProperty("limit", limit);
        return refused;
    }
}
