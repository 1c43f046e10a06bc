package io.eventpipeline.producer.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/** A record whose value is the body of the request; the rest stands in the query. */
final class RawRecord {

    private static final String VALUE = "/value";

    private RawRecord() {}

    /**
     * Makes it.
     *
     * @throws org.springframework.web.ErrorResponseException 400 if partition or timestamp is
     *     negative
     */
    static SentRecord of(
            byte[] body,
            HttpServletRequest request,
            @Nullable String key,
            @Nullable Integer partition,
            @Nullable Long timestamp) {
        if (partition != null && partition < 0) {
            throw ProblemType.INVALID_PARAMETER.exception(
                    "Parameter 'partition' must not be negative");
        }
        if (timestamp != null && timestamp < 0) {
            throw ProblemType.INVALID_PARAMETER.exception(
                    "Parameter 'timestamp' must not be negative");
        }
        String contentType = request.getContentType();
        RecordFormat format =
                contentType != null && contentType.startsWith("text/")
                        ? RecordFormat.TEXT
                        : RecordFormat.BASE64;
        return new SentRecord(
                null,
                key == null ? null : key.getBytes(UTF_8),
                body,
                format,
                List.of(),
                partition,
                timestamp);
    }

    /** What is wrong, in the sender's terms: the value is the body, the rest are parameters. */
    static ErrorResponseException refused(InvalidEventException e) {
        List<Map<String, String>> errors =
                e.violations().stream().map(RawRecord::inTheRequest).toList();
        ErrorResponseException refused =
                ProblemType.INVALID_EVENT.exception(
                        errors.size() == 1
                                ? "One thing is wrong with the request"
                                : errors.size() + " things are wrong with the request");
        refused.getBody().setProperty("errors", errors);
        return refused;
    }

    private static Map<String, String> inTheRequest(Violation violation) {
        String pointer = violation.pointer();
        return pointer.startsWith(VALUE)
                ? Map.of(
                        "pointer",
                        "#" + pointer.substring(VALUE.length()),
                        "detail",
                        violation.detail())
                : Map.of("parameter", pointer.substring(1), "detail", violation.detail());
    }
}
