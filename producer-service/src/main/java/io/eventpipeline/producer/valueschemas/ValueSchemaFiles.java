package io.eventpipeline.producer.valueschemas;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.resource.InputStreamSource;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the folder with the JSON Schemas of topics. Whatever is wrong there is found now and not
 * with the first record: each file is held against the meta-schema of its dialect (2020-12, unless
 * {@code $schema} names another), and each {@code $ref} is followed, within the folder only.
 * Belongs to the start.
 */
final class ValueSchemaFiles {

    private static final String SUFFIX = ".json";

    private final Path folder;
    private final TopicCatalogue catalogue;
    private final Predicate<String> forSenders;
    private final SchemaRegistry registry;

    /**
     * Reads from that folder.
     *
     * @param forSenders whether a topic of that name can be sent to
     */
    ValueSchemaFiles(Path folder, TopicCatalogue catalogue, Predicate<String> forSenders) {
        this.folder = folder.toAbsolutePath().normalize();
        this.catalogue = catalogue;
        this.forSenders = forSenders;
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder()
                        // Formats are notes only in the standard, unless they are asked for.
                        .formatAssertionsEnabled(true)
                        .locale(Locale.ROOT)
                        .build();
        this.registry =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder ->
                                builder.schemaRegistryConfig(config)
                                        .schemaLoader(loader ->
                                                loader.resourceLoaders(
                                                        loaders -> loaders.add(this::inFolder))));
    }

    /**
     * Reads all files.
     *
     * @throws InvalidConfigurationPropertyValueException naming the property, the file and what is
     *     wrong with it
     */
    ValueSchemas read() {
        if (!Files.isDirectory(folder)) {
            throw refused("There is no such folder");
        }
        Map<String, ValueSchema> schemas = new HashMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(this::isSchema).sorted().toList()) {
                ValueSchema schema = read(file);
                if (folder.equals(file.getParent())) {
                    schemas.put(topicOf(file), schema);
                }
            }
        } catch (IOException e) {
            throw refused("It cannot be read: " + e);
        }
        return new ValueSchemas(schemas);
    }

    /** A mounted config map keeps its versions beside the files, under names that begin so. */
    private boolean isSchema(Path file) {
        return file.toString().endsWith(SUFFIX)
                && Files.isRegularFile(file)
                && StreamSupport.stream(folder.relativize(file).spliterator(), false)
                        .noneMatch(part -> part.toString().startsWith("."));
    }

    private String topicOf(Path file) {
        String name = file.getFileName().toString();
        String topic = name.substring(0, name.length() - SUFFIX.length());
        if (catalogue.find(topic).flatMap(TopicDefinition::type).isPresent()) {
            throw refused(
                    file, "topic " + topic + " has an event type, whose fields are its schema");
        }
        if (!forSenders.test(topic)) {
            throw refused(
                    file,
                    "there is no topic "
                            + topic
                            + " that can be sent to: one outside the catalogue has to be named in"
                            + " pipeline.producer.topics.allowed");
        }
        return topic;
    }

    private ValueSchema read(Path file) throws IOException {
        try {
            JsonNode json = EventJson.readTree(Files.readAllBytes(file));
            Schema schema = registry.getSchema(SchemaLocation.of(file.toUri().toString()), json);
            requireValid(file, schema, json);
            schema.initializeValidators();
            return new ValueSchema(schema, json);
        } catch (MalformedJsonException | SchemaException e) {
            throw refused(file, String.valueOf(e.getMessage()));
        }
    }

    private void requireValid(Path file, Schema schema, JsonNode json) {
        String dialect = schema.getSchemaContext().getDialect().getId();
        List<Error> errors = registry.getSchema(SchemaLocation.of(dialect)).validate(json);
        if (!errors.isEmpty()) {
            throw refused(
                    file,
                    errors.stream()
                            .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                            .collect(Collectors.joining("; ")));
        }
    }

    /** What a {@code $ref} may refer to beside its own file; null for everything else. */
    private @Nullable InputStreamSource inFolder(AbsoluteIri iri) {
        if (!iri.toString().startsWith("file:")) {
            return null;
        }
        Path file = Path.of(URI.create(iri.toString())).normalize();
        return file.startsWith(folder) ? () -> Files.newInputStream(file) : null;
    }

    private InvalidConfigurationPropertyValueException refused(Path file, String reason) {
        return refused("File " + folder.relativize(file) + ": " + reason);
    }

    private InvalidConfigurationPropertyValueException refused(String reason) {
        return new InvalidConfigurationPropertyValueException(
                ValueSchemasProperties.FOLDER, folder, reason);
    }
}
