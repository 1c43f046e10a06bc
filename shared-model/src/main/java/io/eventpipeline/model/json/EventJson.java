package io.eventpipeline.model.json;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventTypes;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads and writes events as JSON. Nothing is coerced: a number in quotes, a fraction for a count
 * or a number for an instant is refused. Money keeps its digits. All members are safe for use by
 * several threads.
 */
public final class EventJson {

    private static final JsonMapper MAPPER = mapper();
    private static final ObjectReader STRICT =
            MAPPER.reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final ObjectReader TOLERANT =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private EventJson() {}

    /** The mapper that all services use for events, and for the bodies that carry them. */
    public static JsonMapper mapper() {
        return JsonMapper.builder()
                .addModule(
                        new SimpleModule("iso-instants")
                                .addDeserializer(Instant.class, new IsoInstantDeserializer()))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        config ->
                                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    /**
     * Reads an event as a door does: an unknown field is refused, because a typo must not vanish.
     *
     * @throws MalformedJsonException if the bytes are not one JSON value
     * @throws InvalidEventException with all that is wrong, if they are not a valid event of that
     *     type
     */
    public static <E extends Event> E readStrictly(byte[] json, Class<E> type) {
        return read(json, type, STRICT, true);
    }

    /**
     * Reads an event as a reader of a topic does: unknown fields are ignored, so that a newer
     * producer may add some.
     *
     * @throws MalformedJsonException if the bytes are not one JSON value
     * @throws InvalidEventException with all that is wrong, if they are not a valid event of that
     *     type
     */
    public static <E extends Event> E read(byte[] json, Class<E> type) {
        return read(json, type, TOLERANT, false);
    }

    /**
     * Reads an event that is part of a larger document, as a door does.
     *
     * @throws InvalidEventException with all that is wrong; its pointers start at the given node
     */
    public static <E extends Event> E readStrictly(JsonNode json, Class<E> type) {
        return diagnoseOrRead(json, type, STRICT, true);
    }

    /**
     * Reads one JSON value without binding it, for doors that take documents in which events are
     * parts.
     *
     * @throws MalformedJsonException if the bytes are not one JSON value
     */
    public static JsonNode readTree(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.isMissingNode()) {
                throw new MalformedJsonException("There is no JSON: the value is empty");
            }
            return node;
        } catch (StreamReadException e) {
            throw malformed(e);
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException(
                    "The value is nested too deeply, or has a number or name that is too long");
        } catch (DatabindException e) {
            throw new MalformedJsonException("There is more than one JSON value");
        }
    }

    /**
     * Writes an event.
     *
     * @throws InvalidEventException if the event breaks one of its constraints
     */
    public static byte[] write(Event event) {
        List<Violation> violations = EventConstraints.check(event);
        if (!violations.isEmpty()) {
            throw invalid(event.getClass(), violations);
        }
        return MAPPER.writeValueAsBytes(event);
    }

    private static <E extends Event> E read(
            byte[] json, Class<E> type, ObjectReader reader, boolean strict) {
        try {
            E event = reader.forType(type).readValue(json);
            if (event != null && EventConstraints.check(event).isEmpty()) {
                return event;
            }
        } catch (JacksonException e) {
            // A number that its field cannot hold counts as a reading error, but it is JSON.
            if (e instanceof StreamReadException unread && !(e instanceof InputCoercionException)) {
                throw malformed(unread);
            }
            // Not reported as it is: it stops at the first field, the diagnosis names them all.
        }
        return diagnoseOrRead(readTree(json), type, reader, strict);
    }

    private static <E extends Event> E diagnoseOrRead(
            JsonNode json, Class<E> type, ObjectReader reader, boolean strict) {
        List<Violation> violations = new EventDiagnosis(reader, strict).of(json, type);
        if (!violations.isEmpty()) {
            throw invalid(type, violations);
        }
        try {
            return reader.treeToValue(json, type);
        } catch (JacksonException e) {
            throw invalid(type, List.of(new Violation("", EventDiagnosis.reason(e, type))));
        }
    }

    private static InvalidEventException invalid(
            Class<? extends Event> type, List<Violation> violations) {
        return new InvalidEventException(EventTypes.nameOf(type), violations);
    }

    private static MalformedJsonException malformed(StreamReadException e) {
        TokenStreamLocation at = e.getLocation();
        return new MalformedJsonException(
                at == null
                        ? "The value is not JSON"
                        : "The value is not JSON: reading stopped at line "
                                + at.getLineNr()
                                + ", column "
                                + at.getColumnNr());
    }
}
