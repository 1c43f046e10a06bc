package io.eventpipeline.model.json;

import io.eventpipeline.model.event.Identifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Finds all that is wrong with a JSON value that should be an event, field by field. Only run for
 * values that were refused, so it may be slow.
 */
final class EventDiagnosis {

    private final ObjectReader reader;
    private final boolean refuseUnknownFields;

    EventDiagnosis(ObjectReader reader, boolean refuseUnknownFields) {
        this.reader = reader;
        this.refuseUnknownFields = refuseUnknownFields;
    }

    List<Violation> of(JsonNode json, Class<?> type) {
        if (!json.isObject()) {
            return List.of(new Violation("", "must be a JSON object"));
        }
        List<Violation> violations = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = EventFields.jsonName(component);
            known.add(name);
            violations.addAll(ofField(json.get(name), component, type));
        }
        if (refuseUnknownFields) {
            json.propertyNames().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> violations.add(new Violation(pointer(name), "unknown field")));
        }
        return violations;
    }

    private List<Violation> ofField(
            @Nullable JsonNode value, RecordComponent component, Class<?> owner) {
        String pointer = pointer(EventFields.jsonName(component));
        if (value == null || value.isNull()) {
            return EventFields.isRequired(component)
                    ? List.of(new Violation(pointer, "is required"))
                    : List.of();
        }
        Class<?> type = component.getType();
        if (type.isRecord() && !Identifier.class.isAssignableFrom(type)) {
            return of(value, type).stream().map(violation -> violation.below(pointer)).toList();
        }
        try {
            Object bound = reader.treeToValue(value, type);
            return EventConstraints.checkComponent(owner, component.getName(), bound);
        } catch (JacksonException e) {
            return List.of(new Violation(pointer, reason(e, type)));
        }
    }

    /** Says what a value of that type looks like, instead of how the parser failed. */
    static String reason(JacksonException e, Class<?> type) {
        if (e instanceof ValueInstantiationException
                && e.getCause() instanceof IllegalArgumentException refused
                && refused.getMessage() != null) {
            return refused.getMessage();
        }
        if (type == Instant.class) {
            return "must be an ISO-8601 instant such as 2026-11-01T12:00:00Z";
        }
        if (type == java.util.Currency.class) {
            return "must be an ISO 4217 currency code such as EUR";
        }
        if (type == int.class || type == long.class) {
            return "must be a whole number" + (type == int.class ? " below 2147483648" : "");
        }
        if (type == double.class || type == BigDecimal.class) {
            return "must be a number";
        }
        if (type == boolean.class) {
            return "must be true or false";
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == String.class || Identifier.class.isAssignableFrom(type)) {
            return "must be a string";
        }
        return "cannot be read";
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
