package io.eventpipeline.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.GoldenEvents.Golden;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract of events in topics: each golden file is read and written by the serde of its type,
 * digit for digit.
 */
class EventSerdeTests {

    private static final String TOPIC = new TopicCatalogue("test").name(PipelineTopic.ORDER_PLACED);

    static List<Golden> goldenEvents() {
        return GoldenEvents.all();
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void readsTheGoldenFile(Golden golden) {
        Event read = serde(golden).deserializer().deserialize(TOPIC, file(golden));

        assertThat(read).isEqualTo(golden.event());
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void writesTheGoldenFile(Golden golden) {
        byte[] written = serde(golden).serializer().serialize(TOPIC, golden.event());

        String pretty =
                EventJson.mapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(EventJson.readTree(written));
        assertThat(pretty.lines()).isEqualTo(new String(file(golden), UTF_8).lines().toList());
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void readersOfTopicsIgnoreAFieldThatANewerProducerAdded(Golden golden) {
        ObjectNode newer = (ObjectNode) EventJson.readTree(file(golden));
        newer.put("addedLater", "surprise");

        Event read =
                serde(golden)
                        .deserializer()
                        .deserialize(TOPIC, EventJson.mapper().writeValueAsBytes(newer));

        assertThat(read).isEqualTo(golden.event());
    }

    @ParameterizedTest
    @MethodSource("goldenEvents")
    void bothSidesRefuseAnEventWithoutOneOfItsRequiredFields(Golden golden) {
        JsonNode complete = EventJson.readTree(file(golden));
        for (String field : List.copyOf(complete.propertyNames())) {
            ObjectNode incomplete = ((ObjectNode) complete).deepCopy();
            incomplete.remove(field);
            if (field.equals("paymentId") && golden.file().equals("payment-unmatched")) {
                continue; // The one optional field of the catalogue.
            }
            assertThatThrownBy(() ->
                            EventJson.read(
                                    EventJson.mapper().writeValueAsBytes(incomplete),
                                    golden.event().getClass()))
                    .as("%s without %s", golden, field)
                    .isInstanceOfSatisfying(
                            InvalidEventException.class,
                            e ->
                                    assertThat(e.violations())
                                            .containsExactly(
                                                    new Violation("/" + field, "is required")));
        }
    }

    @Test
    void everyEventTypeOfTheCatalogueHasAGoldenFile() {
        TopicCatalogue catalogue = new TopicCatalogue("test");
        assertThat(
                        Arrays.stream(PipelineTopic.values())
                                .map(catalogue::get)
                                .map(TopicDefinition::type)
                                .flatMap(Optional::stream)
                                .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        GoldenEvents.all().stream()
                                .<Class<? extends Event>>map(golden -> golden.event().getClass())
                                .distinct()
                                .toList());
    }

    @Test
    void aTombstoneStaysATombstone() {
        Serde<OrderPlaced> serde = EventSerdes.of(OrderPlaced.class);

        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void aValueThatIsNotJsonIsRefusedWithTopicAndPlaceButNeverItsContent() {
        assertThatThrownBy(() ->
                        EventSerdes.of(OrderPlaced.class)
                                .deserializer()
                                .deserialize(TOPIC, "{\"secret\"".getBytes(UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("line 1, column")
                .hasMessageNotContaining("secret");
    }

    @SuppressWarnings("unchecked") // The golden event decides the type.
    private static Serde<Event> serde(Golden golden) {
        return (Serde<Event>) (Serde<?>) EventSerdes.of(golden.event().getClass());
    }

    private static byte[] file(Golden golden) {
        try (InputStream in =
                Objects.requireNonNull(
                        EventSerdeTests.class.getResourceAsStream(
                                "/golden/" + golden.file() + ".json"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
