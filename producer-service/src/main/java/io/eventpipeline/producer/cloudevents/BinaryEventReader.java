package io.eventpipeline.producer.cloudevents;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

/**
 * Reads an event whose attributes are {@code ce-} headers and whose data is the body (CloudEvents
 * HTTP protocol binding 1.0.2, section 3.1). What is wrong with an attribute is told by the same
 * pointers as in the JSON format; what is wrong with a header as a header is told as such.
 * Stateless.
 */
final class BinaryEventReader {

    private static final String PREFIX = "ce-";

    private BinaryEventReader() {}

    /** Whether the request has what makes it a CloudEvent, or at least some of it. */
    static boolean isMeant(HttpServletRequest request) {
        return AttributeRules.REQUIRED.stream()
                .anyMatch(name -> request.getHeader(PREFIX + name) != null);
    }

    /**
     * Reads an event.
     *
     * @param body its data; empty if it has none
     * @throws ErrorResponseException 400 if a header cannot be read or must not be there
     * @throws InvalidEventException with all that is wrong with the attributes
     */
    static ReceivedEvent read(HttpServletRequest request, byte[] body) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String header : Collections.list(request.getHeaderNames())) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX)) {
                attributes.put(name.substring(PREFIX.length()), valueOf(name, request));
            }
        }
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        List<Violation> violations = AttributeRules.check(attributes, contentType);
        if (!violations.isEmpty()) {
            throw new InvalidEventException("CloudEvent", violations);
        }
        return new ReceivedEvent(attributes, contentType, body.length == 0 ? null : body, null);
    }

    private static String valueOf(String header, HttpServletRequest request) {
        String name = header.substring(PREFIX.length());
        if (name.equals(AttributeRules.DATA_CONTENT_TYPE)) {
            throw refused(header, "must not be there: Content-Type is the data's media type");
        }
        String wrongName = AttributeRules.wrongName(name);
        if (wrongName != null) {
            throw refused(header, wrongName);
        }
        List<String> values = Collections.list(request.getHeaders(header));
        if (values.size() != 1) {
            throw refused(header, "was sent more than once");
        }
        try {
            return AttributeHeader.decode(values.getFirst());
        } catch (IllegalArgumentException e) {
            throw refused(header, String.valueOf(e.getMessage()));
        }
    }

    private static ErrorResponseException refused(String header, String reason) {
        return ProblemType.INVALID_PARAMETER.exception("Header '" + header + "' " + reason);
    }
}
