package io.eventpipeline.systemtests.reference;

import io.eventpipeline.model.json.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code docs/configuration.md}: our own properties, from the metadata that the compiler writes for
 * each {@code @ConfigurationProperties} record.
 */
final class ConfigurationPage {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final String PREFIX = "pipeline.";
    private static final Pattern JAVADOC_TAG =
            Pattern.compile("\\{@(?:code|link) ([^{}]*(?:\\{[^{}]*}[^{}]*)*)}");

    private static final Map<String, String> SECTIONS = sections();

    private final Path root;

    ConfigurationPage(Path root) {
        this.root = root;
    }

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("service-starter", "All services");
        sections.put("producer-service", "producer-service");
        sections.put("consumer-service", "consumer-service");
        sections.put("streams-service", "streams-service");
        sections.put("connect-service", "connect-service");
        return sections;
    }

    /** The file in the tree. */
    Path file() {
        return root.resolve("docs").resolve("configuration.md");
    }

    /** The names of properties that say nothing about themselves. */
    List<String> withoutDescription() throws IOException {
        List<String> names = new ArrayList<>();
        for (String module : SECTIONS.keySet()) {
            properties(module).stream()
                    .filter(property -> property.description().isBlank())
                    .map(Property::name)
                    .forEach(names::add);
        }
        return names;
    }

    /** The page as it should be. */
    String render() throws IOException {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Configuration

                        Generated from the services' own metadata; do not edit. After a change of a property write it anew:

                            ./mvnw package -Dtest=ConfigurationPageTests -Dsurefire.failIfNoSpecifiedTests=false -Dsystem-tests.write-pages=true

                        A property can be set on the command line (`--pipeline.environment=test`), as an environment
                        variable (`PIPELINE_ENVIRONMENT=test`) or in an `application.yml` beside the jar. Settings of
                        Kafka's clients stay where Spring Boot has them (`spring.kafka.*`), those of the database too
                        (`spring.datasource.*`), ports are `server.port`. A value that makes no sense stops the start with
                        the property's name.
                        """);
        for (Map.Entry<String, String> section : SECTIONS.entrySet()) {
            List<Property> properties = properties(section.getKey());
            if (properties.isEmpty()) {
                continue;
            }
            page.append("\n## ").append(section.getValue()).append("\n\n");
            page.append("| property | default | meaning |\n| --- | --- | --- |\n");
            properties.forEach(property -> page.append(property.row()));
        }
        return page.toString();
    }

    private List<Property> properties(String module) throws IOException {
        Path file = root.resolve(module).resolve("target/classes").resolve(METADATA);
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(
                    "%s is missing; build it by: ./mvnw -pl %s -am package -DskipTests"
                            .formatted(root.relativize(file), module));
        }
        List<Property> properties = new ArrayList<>();
        for (JsonNode node : EventJson.readTree(Files.readAllBytes(file)).required("properties")) {
            String name = node.required("name").stringValue();
            if (name.startsWith(PREFIX)) {
                properties.add(
                        new Property(
                                name,
                                node.path("description").stringValue(""),
                                defaultValue(node.path("defaultValue"))));
            }
        }
        properties.sort(Comparator.comparing(Property::name));
        return properties;
    }

    private static @Nullable String defaultValue(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (node.isArray()) {
            return node.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
        }
        return node.asString();
    }

    /** A row of the page. */
    private record Property(String name, String description, @Nullable String defaultValue) {

        String row() {
            String meaning =
                    JAVADOC_TAG.matcher(description).replaceAll("`$1`").replace("|", "\\|");
            return "| `%s` | %s | %s |%n"
                    .formatted(
                            name, defaultValue == null ? "–" : "`" + defaultValue + "`", meaning);
        }
    }
}
