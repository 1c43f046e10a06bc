package io.eventpipeline.connect.declared;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.PropertyPlaceholderHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads declarations. In their values {@code ${topic.server-measured}} is the name of the topic
 * {@link PipelineTopic#SERVER_MEASURED} in this environment, and {@code ${pipeline.…}} a setting of
 * the service. Any other placeholder is left to Kafka Connect, whose own have a colon ({@code
 * ${env:CONNECT_PASSWORD}}).
 */
final class DeclarationReader {

    private static final String TOPIC = "topic.";
    private static final String SETTING = "pipeline.";
    private static final String JSON = ".json";
    private static final long LARGEST = 1_000_000;
    private static final List<String> FIELDS = List.of("name", "config", "initial_state", "remove");
    private static final List<String> STATES = List.of("RUNNING", "PAUSED", "STOPPED");

    private final ObjectMapper json = JsonMapper.shared();
    private final ObjectMapper yaml = YAMLMapper.shared();
    private final PropertyPlaceholderHelper placeholders =
            new PropertyPlaceholderHelper("${", "}", null, null, true);
    private final TopicCatalogue topics;
    private final PropertyResolver settings;

    DeclarationReader(TopicCatalogue topics, PropertyResolver settings) {
        this.topics = topics;
        this.settings = settings;
    }

    /**
     * Reads a declaration that comes with the service.
     *
     * @throws DeclarationException if there is none of that name
     */
    DeclaredConnector builtIn(String name) {
        String file = "connectors/" + name + JSON;
        return read(file, json, new ClassPathResource(file)::getInputStream);
    }

    /** Whether a file of the folder is read at all. */
    static boolean isDeclaration(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(JSON) || name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /**
     * Reads a declaration.
     *
     * @throws DeclarationException if it is wrong; its message names the file and the field
     */
    DeclaredConnector read(Path file) {
        String name = file.getFileName().toString();
        return read(
                name,
                name.endsWith(JSON) ? json : yaml,
                () -> {
                    if (Files.size(file) > LARGEST) {
                        throw new IOException("it is larger than " + LARGEST + " bytes");
                    }
                    return Files.newInputStream(file);
                });
    }

    private DeclaredConnector read(String file, ObjectMapper format, Source source) {
        try (InputStream content = source.open()) {
            return connector(file, format.readTree(content));
        } catch (IOException e) {
            throw new DeclarationException(file, "cannot be read: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new DeclarationException(
                    file,
                    (file.endsWith(JSON) ? "is no JSON: " : "is no YAML: ")
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private DeclaredConnector connector(String file, JsonNode declaration) {
        String name = declaration.path("name").asString("");
        if (name.isBlank()) {
            throw new DeclarationException(file, "the field 'name' is missing", null);
        }
        for (String field : declaration.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new DeclarationException(
                        file, "the field '" + field + "' is unknown; there are " + FIELDS, null);
            }
        }
        if (declaration.path("remove").asBoolean(false)) {
            return new DeclaredConnector(file, name, Map.of(), null, true);
        }
        String state = declaration.path("initial_state").asString("");
        if (!state.isEmpty() && !STATES.contains(state)) {
            throw new DeclarationException(
                    file, "the field 'initial_state' is none of " + STATES, null);
        }
        JsonNode config = declaration.path("config");
        if (!config.isObject()) {
            throw new DeclarationException(file, "the field 'config' is no object", null);
        }
        Map<String, String> values = new TreeMap<>();
        config.properties()
                .forEach(field ->
                        values.put(field.getKey(), value(file, field.getKey(), field.getValue())));
        return new DeclaredConnector(
                file, name, Map.copyOf(values), state.isEmpty() ? null : state, false);
    }

    private String value(String file, String field, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            throw new DeclarationException(
                    file, "the field 'config." + field + "' is neither text nor number", null);
        }
        return placeholders.replacePlaceholders(
                value.asString(), placeholder -> resolve(file, field, placeholder));
    }

    private @Nullable String resolve(String file, String field, String placeholder) {
        try {
            if (placeholder.startsWith(TOPIC)) {
                return topics.name(topic(placeholder.substring(TOPIC.length())));
            }
            return placeholder.startsWith(SETTING)
                    ? settings.getRequiredProperty(placeholder)
                    : null;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new DeclarationException(
                    file,
                    "the placeholder ${" + placeholder + "} of 'config." + field + "' is unknown",
                    e);
        }
    }

    private static PipelineTopic topic(String name) {
        return PipelineTopic.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    @FunctionalInterface
    private interface Source {
        InputStream open() throws IOException;
    }
}
