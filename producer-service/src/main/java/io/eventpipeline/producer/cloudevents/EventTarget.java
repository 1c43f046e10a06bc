package io.eventpipeline.producer.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.starter.problem.ProblemType;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * Where the sender wants the events of a request, from the query. It is read from the query string
 * itself: asking the container for a parameter would make it read the body of an event whose data
 * is a form.
 *
 * @param topic the topic, for types that the catalogue does not have
 * @param key the record key of all events of the request
 * @param byPartitionKey whether the extension {@code partitionkey} is the record key, as the Kafka
 *     binding's key mapper of that name makes it (section 3.1.1)
 * @param structured whether records are to be in structured mode; topics of the catalogue that have
 *     a type are always in binary mode
 */
record EventTarget(
        @Nullable String topic, @Nullable String key, boolean byPartitionKey, boolean structured) {

    private static final String TOPIC = "topic";
    private static final String KEY = "key";
    private static final String KEY_MAPPER = "key-mapper";
    private static final String CONTENT_MODE = "content-mode";
    private static final String STRUCTURED = "structured";
    private static final String BINARY = "binary";

    /**
     * A token of the webhook specification (section 3.2), which is none of this door's business.
     */
    private static final String ACCESS_TOKEN = "access_token";

    private static final Set<String> KNOWN =
            Set.of(TOPIC, KEY, KEY_MAPPER, CONTENT_MODE, ACCESS_TOKEN);

    /**
     * Reads the query.
     *
     * @throws ErrorResponseException 400 if a parameter is unknown, repeated or cannot be read
     */
    static EventTarget of(@Nullable String query) {
        Map<String, String> parameters = parse(query);
        for (String name : parameters.keySet()) {
            if (!KNOWN.contains(name)) {
                throw refused(
                        name, "is unknown here: there are topic, key, key-mapper and content-mode");
            }
        }
        String mapper = parameters.get(KEY_MAPPER);
        if (mapper != null && !mapper.equals(AttributeRules.PARTITION_KEY)) {
            throw refused(KEY_MAPPER, "can only be " + AttributeRules.PARTITION_KEY);
        }
        String mode = parameters.getOrDefault(CONTENT_MODE, BINARY);
        if (!mode.equals(BINARY) && !mode.equals(STRUCTURED)) {
            throw refused(CONTENT_MODE, "can only be " + BINARY + " or " + STRUCTURED);
        }
        String key = parameters.get(KEY);
        if (key != null && mapper != null) {
            throw refused(KEY, "must be absent where there is " + KEY_MAPPER);
        }
        return new EventTarget(parameters.get(TOPIC), key, mapper != null, mode.equals(STRUCTURED));
    }

    private static Map<String, String> parse(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
            String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
            if (!name.isEmpty() && parameters.put(name, value) != null) {
                throw refused(name, "was sent more than once");
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProblemType.INVALID_PARAMETER.exception("The query is not percent-encoded");
        }
    }

    private static ErrorResponseException refused(String parameter, String reason) {
        return ProblemType.INVALID_PARAMETER.exception("Parameter '" + parameter + "' " + reason);
    }
}
