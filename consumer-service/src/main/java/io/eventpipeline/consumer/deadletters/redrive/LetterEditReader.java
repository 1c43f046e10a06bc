package io.eventpipeline.consumer.deadletters.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.consumer.deadletters.redrive.LetterEdit.NewBytes;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what is changed in a letter: bytes in the formats that producer-service takes. */
final class LetterEditReader {

    private final BiConsumer<String, String> wrong;

    private LetterEditReader(BiConsumer<String, String> wrong) {
        this.wrong = wrong;
    }

    /**
     * Reads an edit.
     *
     * @param edited may be missing
     * @param wrong takes the pointer and the reason of whatever is wrong
     */
    static LetterEdit read(JsonNode edited, BiConsumer<String, String> wrong) {
        return new LetterEditReader(wrong).read(edited);
    }

    private LetterEdit read(JsonNode edited) {
        if (edited.isMissingNode()) {
            return LetterEdit.NONE;
        }
        if (!edited.isObject() || edited.isEmpty()) {
            wrong.accept("/edited", "must have 'key', 'value' or 'headers'");
            return LetterEdit.NONE;
        }
        for (String name : edited.propertyNames()) {
            if (!Set.of("key", "keyFormat", "value", "valueFormat", "headers").contains(name)) {
                wrong.accept("/edited/" + name, "unknown field");
            }
        }
        return new LetterEdit(
                bytes(edited, "key", "text"), bytes(edited, "value", "json"), headers(edited));
    }

    private @Nullable NewBytes bytes(JsonNode edited, String name, String defaultFormat) {
        JsonNode given = edited.path(name);
        if (given.isMissingNode()) {
            return null;
        }
        String format = edited.path(name + "Format").asString(defaultFormat);
        if (given.isNull()) {
            return new NewBytes(null);
        }
        switch (format) {
            case "json" -> {
                return new NewBytes(given.toString().getBytes(UTF_8));
            }
            case "text", "base64" -> {
                if (!given.isString()) {
                    wrong.accept("/edited/" + name, "must be a string in the format " + format);
                    return null;
                }
                try {
                    return new NewBytes(
                            format.equals("text")
                                    ? given.stringValue().getBytes(UTF_8)
                                    : Base64.getDecoder().decode(given.stringValue()));
                } catch (IllegalArgumentException e) {
                    wrong.accept("/edited/" + name, "is not base64");
                    return null;
                }
            }
            default -> {
                wrong.accept("/edited/" + name + "Format", "must be json, text or base64");
                return null;
            }
        }
    }

    private Map<String, byte @Nullable []> headers(JsonNode edited) {
        Map<String, byte @Nullable []> headers = new HashMap<>();
        JsonNode given = edited.path("headers");
        if (!given.isMissingNode() && !given.isObject()) {
            wrong.accept(
                    "/edited/headers",
                    "must be an object: a name and a text, or null to remove it");
        }
        given.propertyStream()
                .forEach(header -> {
                    JsonNode value = header.getValue();
                    if (!value.isString() && !value.isNull()) {
                        wrong.accept(
                                "/edited/headers/" + header.getKey(), "must be a text or null");
                    }
                    headers.put(
                            header.getKey(),
                            value.isString() ? value.stringValue().getBytes(UTF_8) : null);
                });
        return headers;
    }
}
