package io.eventpipeline.connect.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** Declarations are read with their placeholders; a wrong one is named by file and field. */
class DeclarationReaderTests {

    private static final TopicCatalogue SHOP = new TopicCatalogue("shop");

    @TempDir private Path folder;

    private final DeclarationReader reader =
            new DeclarationReader(
                    SHOP, new MockEnvironment().withProperty("pipeline.environment", "shop"));

    @Test
    void comesWithHostMetricsForTheEnvironmentsTopic() {
        assertThat(reader.read(List.of("host-metrics"), null))
                .singleElement()
                .satisfies(connector -> {
                    assertThat(connector.name()).isEqualTo("host-metrics");
                    assertThat(connector.config())
                            .containsEntry("topic", SHOP.name(PipelineTopic.SERVER_MEASURED));
                });
    }

    @Test
    void readsEveryJsonFileOfTheFolder() throws IOException {
        declare("b.json", "{\"name\":\"lines\",\"config\":{\"tasks.max\":2,\"x\":true}}");
        declare("a.json", "{\"name\":\"first\",\"config\":{}}");
        declare("notes.txt", "no declaration");

        assertThat(reader.read(List.of(), folder))
                .containsExactly(
                        new DeclaredConnector("first", Map.of()),
                        new DeclaredConnector("lines", Map.of("tasks.max", "2", "x", "true")));
    }

    @Test
    void resolvesItsOwnPlaceholdersAndLeavesThoseOfKafkaConnect() throws IOException {
        declare(
                "a.json",
                """
                {"name": "a", "config": {
                  "topics": "${topic.order-placed},x-${pipeline.environment}",
                  "password": "${env:CONNECT_PASSWORD}"
                }}
                """);

        assertThat(reader.read(List.of(), folder).getFirst().config())
                .containsEntry("topics", SHOP.name(PipelineTopic.ORDER_PLACED) + ",x-shop")
                .containsEntry("password", "${env:CONNECT_PASSWORD}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                              | no JSON",
                "{\"config\":{}}                                | 'name'",
                "{\"name\":\"a\"}                               | 'config'",
                "{\"name\":\"a\",\"config\":{\"b\":{}}}         | 'config.b'",
                "{\"name\":\"a\",\"config\":{\"b\":null}}       | 'config.b'",
                "{\"name\":\"a\",\"config\":{\"b\":\"${topic.none}\"}} | ${topic.none}",
                "{\"name\":\"a\",\"config\":{\"b\":\"${pipeline.none}\"}} | 'config.b'",
            })
    void namesFileAndField(String declaration, String problem) throws IOException {
        declare("wrong.json", declaration);

        assertThatThrownBy(() -> reader.read(List.of(), folder))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("wrong.json")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesTwoOfOneName() throws IOException {
        declare("a.json", "{\"name\":\"host-metrics\",\"config\":{}}");

        assertThatThrownBy(() -> reader.read(List.of("host-metrics"), folder))
                .hasMessageContaining("host-metrics")
                .hasMessageContaining("twice");
    }

    @Test
    void namesABuiltInConnectorThatDoesNotExist() {
        assertThatThrownBy(() -> reader.read(List.of("host-metric"), null))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("host-metric");
    }

    private void declare(String file, String declaration) throws IOException {
        Files.writeString(folder.resolve(file), declaration);
    }
}
