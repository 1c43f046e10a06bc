package io.eventpipeline.producer.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.producer.ProducerServiceApplication;
import io.eventpipeline.producer.intake.EventDoor;
import io.eventpipeline.producer.intake.EventDoors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be sent is told even while Kafka is away, which it is here. */
@SpringBootTest(
        classes = ProducerServiceApplication.class,
        properties = "spring.kafka.bootstrap-servers=localhost:1")
@AutoConfigureMockMvc
class SchemasControllerTests {

    private static final Path GOLDEN =
            Path.of("..", "shared-model", "src", "test", "resources", "golden");

    @Autowired private MockMvcTester mvc;

    private JsonNode get(String path) throws IOException {
        var answer = mvc.get().uri(path).exchange();
        assertThat(answer).hasStatusOk().hasContentTypeCompatibleWith("application/json");
        return JsonMapper.shared().readTree(answer.getResponse().getContentAsByteArray());
    }

    @Test
    void tellsEveryTypeThatHasADoor() throws IOException {
        assertThat(get("/event-types").get("eventTypes").valueStream())
                .extracting(type -> type.get("type").asString())
                .containsExactlyElementsOf(
                        EventDoors.all().stream()
                                .map(EventDoor::type)
                                .map(EventTypes::nameOf)
                                .toList());
    }

    @Test
    void tellsOneType() throws IOException {
        JsonNode type = get("/event-types/io.eventpipeline.order.placed.v1");

        assertThat(type.get("topic").asString()).isEqualTo("commerce.order.dev.placed");
        assertThat(type.get("profile").asString()).isEqualTo("critical");
        assertThat(type.get("endpoints").get(0).asString()).isEqualTo("POST /orders");
        assertThat(type.get("schema").get("required")).hasSize(7);
    }

    @Test
    void namesTheFieldThatTheKeyIsTakenFrom() throws IOException {
        for (JsonNode type : get("/event-types").get("eventTypes")) {
            String file =
                    type.get("schema")
                            .get("title")
                            .asString()
                            .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                            .toLowerCase(Locale.ROOT);
            byte[] golden = Files.readAllBytes(GOLDEN.resolve(file + ".json"));
            EventDoor<?> door = EventDoors.ofTypeName(type.get("type").asString()).orElseThrow();

            assertThat(EventJson.readTree(golden).get(type.get("key").asString()).asString())
                    .isEqualTo(EventJson.readStrictly(golden, door.type()).key());
        }
    }

    @Test
    void givesTheSchemaAloneToToolsThatAskForIt() {
        assertThat(
                        mvc.get()
                                .uri("/event-types/io.eventpipeline.position.reported.v1")
                                .accept("application/schema+json"))
                .hasContentTypeCompatibleWith("application/schema+json")
                .bodyJson()
                .extractingPath("$.properties.latitude.maximum")
                .isEqualTo(90);
    }

    @Test
    void knowsNoTypeThatOnlyTopologiesWrite() {
        assertThat(mvc.get().uri("/event-types/io.eventpipeline.shipment.requested.v1"))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType("application/problem+json")
                .bodyJson()
                .extractingPath("$.type")
                .asString()
                .endsWith("/not-found");
    }

    @Test
    void tellsTheTopicsOfTheCatalogueThatAreForSenders() throws IOException {
        assertThat(get("/topics").get("topics").valueStream())
                .extracting(topic -> topic.get("name").asString())
                .hasSize(8)
                .contains("commerce.order.dev.placed", "ops.log.dev.line")
                .noneMatch(name -> name.endsWith("-dlt"));
    }

    @Test
    void tellsHowATopicIsWritten() {
        assertThat(mvc.get().uri("/topics/fleet.gps.dev.position-reported"))
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {
                          "name": "fleet.gps.dev.position-reported",
                          "partitions": 6,
                          "cleanup": "delete",
                          "retention": "PT6H",
                          "profile": "lossy",
                          "acks": "0",
                          "catalogued": true,
                          "eventType": "io.eventpipeline.position.reported.v1",
                          "key": {"from": "value", "field": "vehicle", "required": true},
                          "limits": {"records": 1000, "bodyBytes": 5242880}
                        }
                        """);
    }

    @Test
    void saysThatATopicWithoutTypeTakesItsSendersKey() {
        assertThat(mvc.get().uri("/topics/ops.log.dev.line"))
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"acks\": \"1\", \"key\": {\"from\": \"sender\", \"required\": false}}")
                .doesNotHavePath("$.eventType");
    }

    @Test
    void hidesTopicsThatAreNotForSenders() {
        for (String hidden :
                new String[] {
                    "commerce.shipping.dev.requested",
                    "commerce.order.dev.placed-dlt",
                    "platform.connect.dev.configs",
                    "__consumer_offsets",
                    "unheard-of"
                }) {
            assertThat(mvc.get().uri("/topics/" + hidden))
                    .as(hidden)
                    .hasStatus(HttpStatus.NOT_FOUND)
                    .hasContentType("application/problem+json")
                    .bodyJson()
                    .extractingPath("$.type")
                    .asString()
                    .endsWith("/unknown-topic");
        }
    }
}
