package io.eventpipeline.producer.schemas;

import io.eventpipeline.producer.intake.EventDoors;
import io.eventpipeline.starter.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document. What people have to say about a door lies in a file of {@code openapi/}
 * for each; what the code knows better, the schemas of events and the types of problems, is put in
 * here. Made when first asked for, so that it costs nothing until then. Thread-safe.
 */
final class OpenApiDocument {

    private static final String FILES = "classpath:/openapi/*.yaml";
    private static final String SCHEMA_PATH = "#/components/schemas/";

    /** In the place of a request body: the event that it is. */
    private static final String EVENT = "x-event";

    /** Beside it: the field that the path gives, so that the body may leave it out. */
    private static final String FROM_PATH = "x-from-path";

    private final EventSchemas schemas;
    private @Nullable ObjectNode document;

    OpenApiDocument(EventSchemas schemas) {
        this.schemas = schemas;
    }

    synchronized ObjectNode get() {
        ObjectNode made = document;
        if (made == null) {
            made = make();
            document = made;
        }
        return made;
    }

    private ObjectNode make() {
        ObjectNode made = JsonMapper.shared().createObjectNode();
        try {
            Resource[] files = new PathMatchingResourcePatternResolver().getResources(FILES);
            Arrays.stream(files)
                    .sorted(
                            Comparator.comparing((Resource file) -> !isFirst(file))
                                    .thenComparing(file -> String.valueOf(file.getFilename())))
                    .forEach(file -> merge(read(file), made, "" + file.getFilename()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ObjectNode components = made.withObjectProperty("components").withObjectProperty("schemas");
        EventDoors.all()
                .forEach(door -> {
                    ObjectNode schema = schemas.of(door.type());
                    schema.remove("$schema");
                    schema.remove("$id");
                    components.set(door.type().getSimpleName(), schema);
                });
        made.get("paths")
                .forEach(path -> path.forEach(operation -> fillRequestBody(operation, components)));
        ArrayNode types =
                ((ObjectNode) components.at("/Problem/properties/type")).putArray("examples");
        Arrays.stream(ProblemType.values())
                .map(ProblemType::uri)
                .map(Object::toString)
                .forEach(types::add);
        return made;
    }

    private static boolean isFirst(Resource file) {
        return "service.yaml".equals(file.getFilename());
    }

    private static ObjectNode read(Resource file) {
        try (InputStream in = file.getInputStream()) {
            Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return JsonMapper.shared().valueToTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a file's parts into the document; what only serves the file itself begins with x-. */
    private static void merge(ObjectNode part, ObjectNode into, String file) {
        for (Map.Entry<String, JsonNode> entry : part.properties()) {
            JsonNode there = into.get(entry.getKey());
            if (there == null) {
                if (!entry.getKey().startsWith("x-") || entry.getKey().equals(EVENT)) {
                    into.set(entry.getKey(), entry.getValue());
                }
            } else if (there instanceof ObjectNode both
                    && entry.getValue() instanceof ObjectNode more) {
                merge(more, both, file);
            } else {
                throw new IllegalStateException(
                        file + " says again what '" + entry.getKey() + "' is");
            }
        }
    }

    private static void fillRequestBody(JsonNode operation, ObjectNode components) {
        if (!(operation.get("requestBody") instanceof ObjectNode body) || !body.has(EVENT)) {
            return;
        }
        String type = body.get(EVENT).asString();
        JsonNode fromPath = body.get(FROM_PATH);
        body.removeAll();
        body.put("required", true);
        ObjectNode content = body.putObject("content");
        ObjectNode schema =
                fromPath == null
                        ? oneOrSeveral(type)
                        : without(fromPath.asString(), components.withObjectProperty(type));
        for (String mediaType : new String[] {"application/json", "application/*+json"}) {
            content.putObject(mediaType).set("schema", schema);
        }
    }

    private static ObjectNode oneOrSeveral(String type) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        ArrayNode either = schema.putArray("oneOf");
        either.addObject().put("$ref", SCHEMA_PATH + type);
        ObjectNode several = either.addObject().put("type", "array");
        several.putObject("items").put("$ref", SCHEMA_PATH + type);
        return schema;
    }

    private static ObjectNode without(String fromPath, ObjectNode event) {
        ObjectNode schema = event.deepCopy();
        schema.put("description", "`" + fromPath + "` may be left out: the path has it.");
        schema.withArrayProperty("required").removeIf(name -> name.asString().equals(fromPath));
        return schema;
    }
}
