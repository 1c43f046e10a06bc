package io.eventpipeline.producer.retries;

import io.eventpipeline.starter.problem.ProblemType;
import java.util.Enumeration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * The {@code Idempotency-Key} of a request (draft-ietf-httpapi-idempotency-key-header-07, a work in
 * progress): a structured-field string (RFC 9651) in quotes, or, since many clients send it so, the
 * bare text. It becomes the event's id.
 */
public record IdempotencyKey(String value) {

    /** The header's name. */
    public static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 255;
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])+)\"");
    private static final Pattern BARE = Pattern.compile("[!#-+\\--\\[\\]-~]+");

    /**
     * Reads the header's fields.
     *
     * @return null if there is none
     * @throws ErrorResponseException 400 if there are several, or it is neither form, or too long
     */
    public static @Nullable IdempotencyKey of(@Nullable Enumeration<String> fields) {
        if (fields == null || !fields.hasMoreElements()) {
            return null;
        }
        String field = fields.nextElement().strip();
        if (fields.hasMoreElements()) {
            throw refused("was sent more than once");
        }
        Matcher quoted = QUOTED.matcher(field);
        String value;
        if (quoted.matches()) {
            value = quoted.group(1).replaceAll("\\\\(.)", "$1");
        } else if (BARE.matcher(field).matches()) {
            value = field;
        } else {
            throw refused("must be a string in quotes (RFC 9651), or text without spaces");
        }
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw refused("must have between 1 and " + MAX_LENGTH + " characters");
        }
        return new IdempotencyKey(value);
    }

    private static ErrorResponseException refused(String reason) {
        return SafeRetries.described(
                ProblemType.INVALID_PARAMETER.exception("Header '" + HEADER + "' " + reason));
    }
}
