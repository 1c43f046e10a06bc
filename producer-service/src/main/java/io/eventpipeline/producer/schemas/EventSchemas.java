package io.eventpipeline.producer.schemas;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventTypes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schemas (draft 2020-12) of events, made of their records and constraints, so that they
 * cannot differ from what a door checks. Where the two languages cannot say the same, the schema is
 * the more lenient: what it refuses, a door refuses too. Made when first asked for. Thread-safe.
 */
final class EventSchemas {

    private static final String ID_BASE = "https://eventpipeline.io/event-types/";

    private final Map<Class<? extends Event>, ObjectNode> schemas = new ConcurrentHashMap<>();

    /** The schema of an event's JSON; its {@code $id} ends with the type's name. */
    ObjectNode of(Class<? extends Event> type) {
        return schemas.computeIfAbsent(type, EventSchemas::generate).deepCopy();
    }

    private static ObjectNode generate(Class<? extends Event> type) {
        var builder =
                new SchemaGeneratorConfigBuilder(
                                SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                        .with(
                                new JacksonSchemaModule(
                                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                        .with(new EventConstraintsModule())
                        // A door refuses unknown fields, because a typo must not vanish.
                        .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                        .with(Option.EXTRA_OPEN_API_FORMAT_VALUES, Option.INLINE_ALL_SCHEMAS)
                        .without(Option.NULLABLE_FIELDS_BY_DEFAULT);
        builder.forTypesInGeneral()
                .withCustomDefinitionProvider(ScalarDefinitions::of)
                // In the order of the record's components.
                .withPropertySorter((_, _) -> 0);
        ObjectNode generated = new SchemaGenerator(builder.build()).generateSchema(type);
        ObjectNode schema = generated.objectNode();
        schema.set("$schema", generated.get("$schema"));
        schema.put("$id", ID_BASE + EventTypes.nameOf(type));
        schema.put("title", type.getSimpleName());
        schema.setAll(generated);
        return schema;
    }
}
