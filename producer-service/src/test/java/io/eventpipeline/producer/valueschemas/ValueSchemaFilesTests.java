package io.eventpipeline.producer.valueschemas;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventpipeline.model.json.Violation;
import io.eventpipeline.model.topic.CleanupPolicy;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.model.topic.TopicDefinition.Audience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** A folder of JSON Schemas: what is found wrong at the start, and what with a value. */
class ValueSchemaFilesTests {

    private static final TopicCatalogue CATALOGUE = new TopicCatalogue("dev");
    private static final String PARCELS = "legacy.parcels";
    private static final String PARCEL =
            """
            {
              "type": "object",
              "required": ["weight"],
              "additionalProperties": false,
              "properties": {
                "weight": {"type": "number", "exclusiveMinimum": 0},
                "sent": {"type": "string", "format": "date-time"},
                "a/b": {"type": "array", "items": {"type": "string"}},
                "to": {"$ref": "parts/address.json"}
              }
            }
            """;

    @TempDir private Path folder;

    private void file(String name, String schema) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, schema);
    }

    private ValueSchemas read() {
        return new ValueSchemaFiles(folder, CATALOGUE, topic -> topic.startsWith("legacy.")).read();
    }

    private List<Violation> findings(CleanupPolicy cleanup, byte[] value) throws IOException {
        file(PARCELS + ".json", PARCEL);
        file("parts/address.json", "{\"required\": [\"city\"]}");
        List<Violation> violations = new ArrayList<>();
        read().check(topic(cleanup), value, "/value", violations::add);
        return violations;
    }

    private static TopicDefinition topic(CleanupPolicy cleanup) {
        return new TopicDefinition(
                PARCELS,
                1,
                cleanup,
                cleanup == CleanupPolicy.DELETE ? Duration.ofDays(1) : null,
                DeliveryProfile.CRITICAL,
                null,
                false,
                Audience.SENDERS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    {}                                           | /value/weight is required
                    {"weight": 1, "typo": 1}                     | /value/typo unknown field
                    {"weight": 0}                                | /value/weight must have an exclusive minimum value of 0
                    {"weight": 1, "a/b": ["x", 2]}               | /value/a~1b/1 integer found, string expected
                    {"weight": 1, "to": {}}                      | /value/to/city is required
                    {"weight": 1, "sent": "today"}               | /value/sent does not match the date-time pattern must be a valid RFC 3339 date-time
                    3                                            | /value integer found, object expected
                    {"weight": 1                                 | /value must be JSON, one value without repeated fields
                    {"weight": 1, "weight": 2}                   | /value must be JSON, one value without repeated fields
                    {"weight": 1} {}                             | /value must be JSON, one value without repeated fields
                    ''                                           | /value must be JSON, and is empty
                    """)
    void saysWhatIsWrongWithAValueAndWhere(String value, String violation) throws IOException {
        assertThat(findings(CleanupPolicy.DELETE, value.getBytes(UTF_8)))
                .extracting(Violation::toString)
                .containsExactly(violation);
    }

    @Test
    void takesWhatItsSchemaTakes() throws IOException {
        String parcel = "{\"weight\": 0.1, \"sent\": \"2026-11-01T12:00:00Z\"}";

        assertThat(findings(CleanupPolicy.DELETE, parcel.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void takesJsonInUtf8Only() throws IOException {
        assertThat(findings(CleanupPolicy.DELETE, "{\"weight\": 1}".getBytes(UTF_16))).hasSize(1);
    }

    @Test
    void takesATombstoneOnACompactedTopicOnly() throws IOException {
        file(PARCELS + ".json", PARCEL.replace("parts/address.json", "#"));
        List<Violation> violations = new ArrayList<>();

        read().check(topic(CleanupPolicy.COMPACT), null, "/value", violations::add);
        assertThat(violations).isEmpty();

        read().check(topic(CleanupPolicy.DELETE), null, "/value", violations::add);
        assertThat(violations).extracting(Violation::pointer).containsExactly("/value");
    }

    @Test
    void namesNoMoreThanAHundredThings() throws IOException {
        String value = "{\"weight\": 1, \"a/b\": [" + "1,".repeat(149) + "1]}";

        assertThat(findings(CleanupPolicy.DELETE, value.getBytes(UTF_8)))
                .hasSize(101)
                .last()
                .hasToString("/value 50 more things are wrong");
    }

    @Test
    void leavesTopicsWithoutFileAlone() {
        List<Violation> violations = new ArrayList<>();
        read().check(
                        CATALOGUE.get(PipelineTopic.LOG_LINE),
                        new byte[] {1},
                        "/value",
                        violations::add);

        assertThat(violations).isEmpty();
    }

    @Test
    void readsTheVersionsOfAMountedConfigMapOnce() throws IOException {
        file("..2026_11_01/" + PARCELS + ".json", "no JSON");
        file("..2026_11_02/real.json", "{}");
        Files.createSymbolicLink(
                folder.resolve(PARCELS + ".json"), Path.of("..2026_11_02", "real.json"));

        assertThat(read().of(PARCELS)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    legacy.parcels            | {"type": "objct"}                      | /type
                    legacy.parcels            | {"properties": {"a": {"minLength": ""}}} | /properties/a/minLength
                    legacy.parcels            | {"pattern": "["}                       | Unclosed character class
                    legacy.parcels            | {                                      | not JSON
                    legacy.parcels            | []                                     | must be object or boolean
                    legacy.parcels            | {"$ref": "parts/none.json"}            | none.json
                    legacy.parcels            | {"$ref": "../outside.json"}            | outside.json
                    legacy.parcels            | {"$ref": "https://localhost:1/a.json"} | localhost:1
                    legacy.parcels            | {"$schema": "https://none"}            | https://none
                    unheard.of                | {}                                     | pipeline.producer.topics.allowed
                    commerce.order.dev.placed | {}                                     | has an event type
                    parts/broken              | {"type": "objct"}                      | /type
                    """)
    void stopsTheStartNamingPropertyFileAndReason(String name, String schema, String reason)
            throws IOException {
        file(name + ".json", schema);
        Path outside = folder.resolveSibling("outside.json");
        Files.writeString(outside, "{}");

        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(this::read)
                .satisfies(e -> {
                    assertThat(e.getName()).isEqualTo("pipeline.producer.schemas.folder");
                    assertThat(e.getReason()).contains(name + ".json").contains(reason);
                });
        Files.delete(outside);
    }

    @Test
    void stopsTheStartWithoutTheFolder() {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() ->
                        new ValueSchemaFiles(folder.resolve("none"), CATALOGUE, _ -> true).read())
                .withMessageContaining("none");
    }
}
