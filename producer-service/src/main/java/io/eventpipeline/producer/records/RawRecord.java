package io.eventpipeline.producer.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record whose value is the body of the request; the rest stands in the query. */
final class RawRecord {

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
}
