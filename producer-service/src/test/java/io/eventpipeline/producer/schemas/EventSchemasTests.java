package io.eventpipeline.producer.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema says what a door does: it takes every golden event, and refuses one with a field that is
 * missing, of another type, out of its bounds or unknown, as the reader of the door does.
 */
class EventSchemasTests {

    private static final Path GOLDEN =
            Path.of("..", "shared-model", "src", "test", "resources", "golden");

    private static final Map<String, Class<? extends Event>> TYPES =
            Stream.of(PipelineTopic.values())
                    .map(new TopicCatalogue("dev")::get)
                    .map(TopicDefinition::type)
                    .flatMap(Optional::stream)
                    .distinct()
                    .collect(Collectors.toMap(EventSchemasTests::fileOf, Function.identity()));

    private final EventSchemas schemas = new EventSchemas();

    private static String fileOf(Class<? extends Event> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    static Stream<String> files() {
        return TYPES.keySet().stream().sorted();
    }

    private static Class<? extends Event> type(String file) {
        return Optional.ofNullable(TYPES.get(file)).orElseThrow();
    }

    private static ObjectNode golden(String file) throws IOException {
        return (ObjectNode) EventJson.readTree(Files.readAllBytes(GOLDEN.resolve(file + ".json")));
    }

    private List<?> findings(String file, JsonNode event) {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schemas.of(type(file)));
        return schema.validate(
                event,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private void assertBothRefuse(String file, JsonNode event) {
        assertThat(findings(file, event)).as("findings of the schema about %s", event).isNotEmpty();
        assertThatExceptionOfType(InvalidEventException.class)
                .as("the door about %s", event)
                .isThrownBy(() -> EventJson.readStrictly(event, type(file)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void takesTheGoldenEvent(String file) throws IOException {
        assertThat(findings(file, golden(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void refusesAnEventWithoutARequiredField(String file) throws IOException {
        JsonNode required = schemas.of(type(file)).get("required");

        assertThat(required).isNotEmpty();
        for (JsonNode name : required) {
            ObjectNode event = golden(file);
            event.remove(name.asString());
            assertBothRefuse(file, event);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void refusesAnEventWithAFieldOfAnotherType(String file) throws IOException {
        for (String name : golden(file).propertyNames()) {
            ObjectNode event = golden(file);
            event.putArray(name);
            assertBothRefuse(file, event);
            event.put(name, golden(file).get(name).isString() ? "" : "text");
            assertBothRefuse(file, event);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void refusesAFieldThatItDoesNotKnow(String file) throws IOException {
        ObjectNode event = golden(file);
        event.put("typo", 1);

        assertBothRefuse(file, event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    order-placed      | quantity   | 0
                    order-placed      | quantity   | 2147483648
                    order-placed      | quantity   | 1.5
                    order-placed      | amount     | -0.01
                    order-placed      | amount     | 1000000000000000
                    order-placed      | currency   | "Euro"
                    order-placed      | placedAt   | "today"
                    order-placed      | customer   | "   "
                    order-placed      | customer   | "a\\u0000b"
                    payment-captured  | amount     | 0
                    address-changed   | country    | "Germany"
                    address-changed   | city       | "   "
                    page-viewed       | page       | '"/a|b"'
                    page-viewed       | page       | "  "
                    position-reported | latitude   | 90.01
                    position-reported | longitude  | -180.01
                    server-measured   | cpuLoad    | 1.01
                    server-measured   | memoryTotalBytes | 0
                    page-count        | kind       | "rolling"
                    page-count        | final      | "true"
                    """)
    void refusesWhatIsOutOfBounds(String file, String field, String value) throws IOException {
        ObjectNode event = golden(file);
        event.set(field, EventJson.readTree(value.getBytes(UTF_8)));

        assertBothRefuse(file, event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    order-placed      | amount   | 49.90
                    order-placed      | amount   | 0.0001
                    order-placed      | placedAt | "2026-11-01T13:00:00+01:00"
                    order-placed      | customer | "Zoë 7"
                    payment-unmatched | paymentId | null
                    position-reported | latitude | -90
                    page-viewed       | page     | "/ä?b=c d"
                    """)
    void takesWhatADoorTakes(String file, String field, String value) throws IOException {
        ObjectNode event = golden(file);
        event.set(field, EventJson.readTree(value.getBytes(UTF_8)));

        assertThat(findings(file, event)).isEmpty();
        assertThat(
                        catchThrowableOfType(
                                InvalidEventException.class,
                                () -> EventJson.readStrictly(event, type(file))))
                .isNull();
    }

    @Test
    void keepsTheOrderOfTheRecordAndNamesTheType() {
        ObjectNode schema = schemas.of(type("order-placed"));

        assertThat(schema.get("$schema").asString())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.get("$id").asString())
                .endsWith("/" + EventTypes.nameOf(type("order-placed")));
        assertThat(schema.get("properties").propertyNames())
                .containsExactly(
                        "orderId", "customer", "sku", "quantity", "amount", "currency", "placedAt");
    }
}
