package io.eventpipeline.producer.valueschemas;

import io.eventpipeline.model.json.Violation;
import io.eventpipeline.model.topic.CleanupPolicy;
import io.eventpipeline.model.topic.TopicDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the values of topics must look like, where a file says it. What is checked is what would be
 * stored, whatever format it was sent in. Immutable and thread-safe; a topic without schema costs a
 * look into a map.
 */
public final class ValueSchemas {

    private final Map<String, ValueSchema> schemas;

    ValueSchemas(Map<String, ValueSchema> schemas) {
        this.schemas = Map.copyOf(schemas);
    }

    /** Those of no topic. */
    public static ValueSchemas none() {
        return new ValueSchemas(Map.of());
    }

    /** The schema of a topic's values, as its file has it. */
    public Optional<JsonNode> of(String topic) {
        return Optional.ofNullable(schemas.get(topic)).map(ValueSchema::json);
    }

    /**
     * Says all that is wrong with a value.
     *
     * @param value null is a tombstone, which only a compacted topic takes
     * @param pointer of the value in what was sent
     */
    public void check(
            TopicDefinition topic,
            byte @Nullable [] value,
            String pointer,
            Consumer<Violation> violations) {
        ValueSchema schema = schemas.get(topic.name());
        if (schema == null) {
            return;
        }
        if (value != null) {
            schema.check(value, violation -> violations.accept(violation.below(pointer)));
        } else if (topic.cleanup() == CleanupPolicy.DELETE) {
            violations.accept(
                    new Violation(
                            pointer,
                            "is required: the topic has a schema and is not compacted, so that a"
                                    + " tombstone means nothing"));
        }
    }
}
