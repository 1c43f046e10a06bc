package io.eventpipeline.connect.declared;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.PropertyPlaceholderHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    private final JsonMapper json = JsonMapper.shared();
    private final PropertyPlaceholderHelper placeholders =
            new PropertyPlaceholderHelper("${", "}", null, null, true);
    private final TopicCatalogue topics;
    private final PropertyResolver settings;

    DeclarationReader(TopicCatalogue topics, PropertyResolver settings) {
        this.topics = topics;
        this.settings = settings;
    }

    /**
     * Reads all declarations, the service's own first.
     *
     * @throws DeclarationException if one is missing or wrong, or two have the same name
     */
    List<DeclaredConnector> read(List<String> builtIn, @Nullable Path folder) {
        List<DeclaredConnector> declared = new ArrayList<>();
        for (String name : builtIn) {
            String file = "connectors/" + name + JSON;
            declared.add(read(file, new ClassPathResource(file)::getInputStream));
        }
        if (folder != null) {
            for (Path file : files(folder)) {
                declared.add(read(file.toString(), () -> Files.newInputStream(file)));
            }
        }
        requireDifferentNames(declared);
        return declared;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(JSON)).sorted().toList();
        } catch (IOException e) {
            throw new DeclarationException(
                    folder.toString(), "pipeline.connect.declared.folder cannot be read", e);
        }
    }

    private static void requireDifferentNames(List<DeclaredConnector> declared) {
        List<String> names = declared.stream().map(DeclaredConnector::name).toList();
        names.stream()
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new DeclarationException(name, "is declared twice", null);
                });
    }

    private DeclaredConnector read(String file, Source source) {
        try (InputStream content = source.open()) {
            return connector(file, json.readTree(content));
        } catch (IOException e) {
            throw new DeclarationException(file, "cannot be read", e);
        } catch (JacksonException e) {
            throw new DeclarationException(file, "is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private DeclaredConnector connector(String file, JsonNode declaration) {
        String name = declaration.path("name").asString("");
        if (name.isBlank()) {
            throw new DeclarationException(file, "the field 'name' is missing", null);
        }
        JsonNode config = declaration.path("config");
        if (!config.isObject()) {
            throw new DeclarationException(file, "the field 'config' is no object", null);
        }
        Map<String, String> values = new TreeMap<>();
        config.properties()
                .forEach(field ->
                        values.put(field.getKey(), value(file, field.getKey(), field.getValue())));
        return new DeclaredConnector(name, Map.copyOf(values));
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
