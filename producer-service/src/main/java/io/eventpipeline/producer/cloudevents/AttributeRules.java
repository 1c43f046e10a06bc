package io.eventpipeline.producer.cloudevents;

import io.eventpipeline.model.json.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the core specification (CloudEvents 1.0.2, section 3) demands of attributes. Names are
 * lower-case letters and digits, of any length: that they should have no more than 20 characters is
 * advice to senders. Stateless.
 */
final class AttributeRules {

    static final String ID = "id";
    static final String SOURCE = "source";
    static final String TYPE = "type";
    static final String SPEC_VERSION = "specversion";
    static final String DATA_CONTENT_TYPE = "datacontenttype";
    static final String DATA = "data";
    static final String DATA_BASE64 = "data_base64";
    static final String PARTITION_KEY = "partitionkey";
    static final String TRACE_PARENT = "traceparent";
    static final List<String> REQUIRED = List.of(ID, SOURCE, SPEC_VERSION, TYPE);

    private static final String SUBJECT = "subject";
    private static final String TIME = "time";
    private static final String DATA_SCHEMA = "dataschema";
    private static final String SUPPORTED_VERSION = "1.0";

    /** Those that the specification defines are text, even if the text looks like a number. */
    private static final Set<String> DEFINED =
            Set.of(ID, SOURCE, TYPE, SPEC_VERSION, DATA_CONTENT_TYPE, SUBJECT, TIME, DATA_SCHEMA);

    /** RFC 3339, section 5.6: unlike ISO 8601 it needs seconds and an offset with minutes. */
    private static final Pattern RFC_3339 =
            Pattern.compile(
                    "(\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:)(\\d\\d)(?:\\.\\d+)?"
                            + "([Zz]|[+-]\\d\\d:\\d\\d)");

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** RFC 9110, section 8.3.1. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(
                    "%1$s/%1$s(?:[ \\t]*;[ \\t]*(?:%1$s=(?:%1$s|\"(?:[^\"\\\\]|\\\\.)*\"))?)*"
                            .formatted(TOKEN));

    private static final int LEAP_SECOND = 60;

    private AttributeRules() {}

    /** Whether the specification defines the attribute, so that its value must be a string. */
    static boolean isDefined(String name) {
        return DEFINED.contains(name);
    }

    /** What is wrong with a name. */
    static @Nullable String wrongName(String name) {
        if (name.equals(DATA)) {
            return "is not the name of an attribute";
        }
        boolean valid =
                !name.isEmpty()
                        && name.chars()
                                .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
        return valid ? null : "must have a name of lower-case letters a-z and digits only";
    }

    /** Finds all that is wrong with the attributes of one event. */
    static List<Violation> check(Map<String, String> attributes, @Nullable String dataContentType) {
        List<Violation> violations = new ArrayList<>();
        for (String name : REQUIRED) {
            if (!attributes.containsKey(name)) {
                violations.add(new Violation("/" + name, "is required"));
            }
        }
        attributes.forEach((name, value) -> check(name, value, violations::add));
        if (dataContentType != null) {
            check(DATA_CONTENT_TYPE, dataContentType, violations::add);
        }
        return violations;
    }

    private static void check(String name, String value, Consumer<Violation> wrong) {
        String reason =
                hasForbiddenCharacter(value)
                        ? "must have no control characters, lone surrogates or non-characters"
                        : reason(name, value);
        if (reason != null) {
            wrong.accept(new Violation("/" + name, reason));
        }
    }

    private static @Nullable String reason(String name, String value) {
        return switch (name) {
            case SPEC_VERSION ->
                    value.equals(SUPPORTED_VERSION) ? null : "must be " + SUPPORTED_VERSION;
            case ID, TYPE, SUBJECT -> value.isEmpty() ? "must not be empty" : null;
            case SOURCE ->
                    uri(value) == null ? "must be a URI reference (RFC 3986), not empty" : null;
            case DATA_SCHEMA -> {
                URI uri = uri(value);
                yield uri == null || !uri.isAbsolute() ? "must be an absolute URI" : null;
            }
            case TIME -> isTimestamp(value) ? null : "must be a time as RFC 3339 writes it";
            case DATA_CONTENT_TYPE ->
                    MEDIA_TYPE.matcher(value).matches() ? null : "must be a media type";
            default -> null;
        };
    }

    /** Section 3.1, "String": what must not be in one. */
    private static boolean hasForbiddenCharacter(String value) {
        return value.codePoints()
                .anyMatch(c ->
                        Character.isISOControl(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                                || (c >= 0xFDD0 && c <= 0xFDEF)
                                || (c & 0xFFFE) == 0xFFFE);
    }

    private static @Nullable URI uri(String value) {
        if (value.isEmpty() || value.chars().anyMatch(c -> c > '~')) {
            return null;
        }
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean isTimestamp(String value) {
        Matcher parts = RFC_3339.matcher(value);
        if (!parts.matches()) {
            return false;
        }
        boolean leap = Integer.parseInt(parts.group(2)) == LEAP_SECOND;
        try {
            // The fraction may have more digits than Java can hold, and Java knows no leap second.
            OffsetDateTime time =
                    OffsetDateTime.parse(
                            parts.group(1) + (leap ? "59" : parts.group(2)) + parts.group(3));
            OffsetDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC);
            return !leap || (utc.getHour() == 23 && utc.getMinute() == 59);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
